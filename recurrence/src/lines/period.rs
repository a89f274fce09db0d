use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::clock::instant_at;
use crate::lines::{Duration, Moment, moment};
use crate::start::{Start, second_of};

/// Seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub start: i64,
    pub end: i64,
}

/// Reads a PERIOD (RFC 5545, section 3.3.9): a start, and an end or a duration after it. Days of a duration are those of
/// the zone's calendar, its hours are exact.
pub fn period(text: &str, zone: &TimeZone, start: &Start) -> Option<Period> {
    let (from, to) = text.split_once('/')?;
    let from = moment(from).filter(|from| !matches!(from, Moment::Date(_)))?;
    let begin = from.second(zone, start)?;
    let end = match moment(to) {
        Some(Moment::Date(_)) => return None,
        Some(to) => to.second(zone, start)?,
        None => {
            let duration = Duration::parse(to)?;
            let after_days = match from {
                // The start as the clock shows it, for it may have been in a gap.
                Moment::Local(_) if duration.days > 0 => {
                    let local = second_of(zone.to_datetime(Timestamp::from_second(begin).ok()?));
                    instant_at(duration.days_after(local), zone)?.0
                }
                _ => duration.days_after(begin),
            };
            after_days + duration.seconds
        }
    };
    (begin < end).then_some(Period { start: begin, end })
}
