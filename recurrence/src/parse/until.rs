use crate::calendar::{DAY, LAST_DAY};
use crate::clock::instant_at;
use crate::lines::{Moment, moment};
use crate::rule::Until;
use crate::start::Start;

/// 9999-12-31T23:59:59Z.
const LAST_SECOND: i64 = (LAST_DAY as i64 + 1) * DAY - 1;

/// UNTIL: "If the value specified by UNTIL is synchronized with the specified recurrence, this DATE or DATE-TIME becomes
/// the last instance of the recurrence. The value of the UNTIL rule part MUST have the same value type as the
/// \"DTSTART\" property." Read are the others, too, which are often written.
pub fn read(text: &str, start: &Start) -> Result<Until, String> {
    let wrong = || "UNTIL must be a date and time such as 20251231T230000Z, or a date".to_string();
    let moment = moment(text).ok_or_else(wrong)?;
    let until = if start.is_date() {
        moment.local_day(start).and_then(|day| Until::day(day, start))
    } else {
        let second = match moment {
            // The whole day is meant.
            Moment::Date(day) => {
                instant_at(i64::from(day) * DAY + DAY - 1, start.zone()).map(|(second, _)| second)
            }
            Moment::Local(local) => instant_at(local, start.zone()).map(|(second, _)| second),
            Moment::Utc(second) => Some(second),
        };
        // Four digits of a year are all that can be written; nothing is after them.
        second.map(|second| Until { second: second.min(LAST_SECOND), day: None })
    };
    until.ok_or_else(wrong)
}
