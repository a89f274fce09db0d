use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::time::{ZoneName, timestamp};

/// The zone of an event's local times. A time is in the event's zone, else in UTC. Whole days are those of UTC, or, where
/// the start is midnight not there but in the event's, else its owner's, zone: that zone's.
pub fn frame(
    start_at: DateTime<Utc>,
    is_all_day: bool,
    event: Option<&ZoneName>,
    owner: &ZoneName,
) -> ZoneName {
    if !is_all_day {
        return event.cloned().unwrap_or_default();
    }
    let utc = ZoneName::default();
    if is_midnight(start_at, &utc.rules()) {
        return utc;
    }
    let zone = event.unwrap_or(owner);
    if is_midnight(start_at, &zone.rules()) { zone.clone() } else { utc }
}

/// The same of an event whose series is in a zone already: where its days begin there they go on doing so, whatever zone its
/// owner lives in by now.
pub fn frame_kept(
    start_at: DateTime<Utc>,
    is_all_day: bool,
    event: Option<&ZoneName>,
    owner: &ZoneName,
    kept: &ZoneName,
) -> ZoneName {
    let owner = if is_midnight(start_at, &kept.rules()) { kept } else { owner };
    frame(start_at, is_all_day, event, owner)
}

/// Whether a day begins there: also one that begins later than 0 o'clock, where clocks are put forward at midnight.
pub fn is_midnight(instant: DateTime<Utc>, zone: &TimeZone) -> bool {
    let zoned = timestamp(instant).to_zoned(zone.clone());
    zoned.start_of_day().is_ok_and(|midnight| midnight.timestamp() == zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(start_at: &str, is_all_day: bool, event: Option<&str>, owner: &str) -> String {
        let zone = |name: &str| ZoneName::parse(name).unwrap();
        let start_at = crate::time::parse(start_at).unwrap();
        frame(start_at, is_all_day, event.map(zone).as_ref(), &zone(owner)).as_str().to_owned()
    }

    #[test]
    fn times_are_in_the_events_zone_and_in_no_other() {
        assert_eq!(
            found("2025-12-06T10:00:00Z", false, Some("Europe/Berlin"), "Asia/Tokyo"),
            "Europe/Berlin"
        );
        assert_eq!(found("2025-12-06T10:00:00Z", false, None, "Asia/Tokyo"), "UTC");
    }

    #[test]
    fn days_are_those_of_the_zone_where_the_start_is_midnight() {
        for (start_at, event, owner, zone) in [
            ("2025-12-06T00:00:00Z", Some("Europe/Berlin"), "Asia/Tokyo", "UTC"),
            ("2025-12-05T23:00:00Z", Some("Europe/Berlin"), "Asia/Tokyo", "Europe/Berlin"),
            ("2025-12-05T15:00:00Z", None, "Asia/Tokyo", "Asia/Tokyo"),
            // The event's zone says that it is not the owner's.
            ("2025-12-05T15:00:00Z", Some("Europe/Berlin"), "Asia/Tokyo", "UTC"),
            ("2025-12-06T10:00:00Z", None, "Asia/Tokyo", "UTC"),
            // Days of summer time's beginning begin at one o'clock.
            ("2025-09-07T04:00:00Z", Some("America/Santiago"), "UTC", "America/Santiago"),
        ] {
            assert_eq!(found(start_at, true, event, owner), zone, "{start_at}");
        }
    }
}
