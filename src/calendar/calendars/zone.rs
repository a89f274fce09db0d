use crate::time::ZoneName;

/// Where the events of a calendar are meant that say nothing else: in its own zone, else in its person's, else in UTC.
/// A name that another program, or a newer one with a newer tz database, has put there can be unknown here: then it
/// counts as not set.
pub fn zone(own: Option<&str>, persons: Option<&str>) -> ZoneName {
    let zones = [("CALENDARS", own), ("USER_PROFILES", persons)].into_iter();
    let mut known = zones.filter_map(|(table, name)| match ZoneName::parse(name?) {
        Ok(zone) => Some(zone),
        Err(why) => {
            tracing::warn!("a {table}.TIME_ZONE counts as not set: {why}");
            None
        }
    });
    known.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::zone;

    #[test]
    fn a_zone_is_the_calendars_or_the_persons_or_utc() {
        for (own, persons, expected) in [
            (Some("Asia/Tokyo"), Some("Europe/Berlin"), "Asia/Tokyo"),
            (None, Some("Europe/Berlin"), "Europe/Berlin"),
            (Some("Mars/Olympus"), Some("Europe/Berlin"), "Europe/Berlin"),
            (Some("Mars/Olympus"), Some("Mars/Elysium"), "UTC"),
            (None, None, "UTC"),
        ] {
            assert_eq!(zone(own, persons).as_str(), expected, "{own:?}, {persons:?}");
        }
    }
}
