use crate::parse::PARTS;
use crate::rule::{Frequency, Rule};
use crate::start::Start;

/// Which parts a text has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts(u16);

impl Parts {
    /// Adds one, and tells whether it was there.
    pub fn add(&mut self, index: usize) -> bool {
        let was = self.0 >> index & 1 == 1;
        self.0 |= 1 << index;
        was
    }

    fn has(self, name: &str) -> bool {
        PARTS.iter().position(|part| *part == name).is_some_and(|index| self.0 >> index & 1 == 1)
    }

    fn remove(&mut self, name: &str) {
        self.0 &= PARTS.iter().position(|part| *part == name).map_or(u16::MAX, |index| !(1 << index));
    }
}

/// Refuses what section 3.3.10 says MUST NOT be together.
pub fn check(rule: &mut Rule, mut parts: Parts, start: &Start) -> Result<(), String> {
    let frequency = rule.frequency;
    if !parts.has("FREQ") {
        return Err("FREQ is missing".into());
    }
    if parts.has("COUNT") && parts.has("UNTIL") {
        return Err("COUNT and UNTIL must not be there together".into());
    }
    if parts.has("BYWEEKNO") && frequency != Frequency::Yearly {
        return Err("BYWEEKNO is for YEARLY rules".into());
    }
    if parts.has("BYYEARDAY")
        && matches!(frequency, Frequency::Daily | Frequency::Weekly | Frequency::Monthly)
    {
        return Err("BYYEARDAY is not for DAILY, WEEKLY and MONTHLY rules".into());
    }
    if parts.has("BYMONTHDAY") && frequency == Frequency::Weekly {
        return Err("BYMONTHDAY is not for WEEKLY rules".into());
    }
    if !rule.by_nth_day.is_empty() {
        if frequency < Frequency::Monthly {
            return Err("BYDAY has numbers in MONTHLY and YEARLY rules alone".into());
        }
        if parts.has("BYWEEKNO") {
            return Err("BYDAY has no numbers beside BYWEEKNO".into());
        }
    }
    if start.is_date() {
        dates(rule, &mut parts)?;
    }
    let others = PARTS.iter().any(|part| part.starts_with("BY") && *part != "BYSETPOS" && parts.has(part));
    if parts.has("BYSETPOS") && !others {
        return Err("BYSETPOS needs another BY part".into());
    }
    if rule.until.is_some_and(|until| until.second < start.second) {
        return Err("UNTIL must not be before the start".into());
    }
    Ok(())
}

/// Of a series of days: "The BYSECOND, BYMINUTE and BYHOUR rule parts MUST NOT be specified when the associated
/// \"DTSTART\" property has a DATE value type. These rule parts MUST be ignored in RECUR value that violate the above
/// requirement".
fn dates(rule: &mut Rule, parts: &mut Parts) -> Result<(), String> {
    if rule.frequency < Frequency::Daily {
        return Err("HOURLY and MINUTELY rules are not for whole days".into());
    }
    (rule.by_second, rule.by_minute, rule.by_hour) = (0, 0, 0);
    for part in ["BYSECOND", "BYMINUTE", "BYHOUR"] {
        parts.remove(part);
    }
    Ok(())
}
