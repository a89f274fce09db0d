use std::borrow::Cow;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::Serialize;
use utoipa::ToSchema;

/// The name of a time zone of the tz database (<https://www.iana.org/time-zones>), as it is spelt there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TimeZone, value_type = String, example = "Europe/Berlin")]
pub struct ZoneName(Cow<'static, str>);

impl ZoneName {
    /// Takes a name in upper or lower case, one that is kept for former times among them. The database
    /// is the program's own, so that all machines know the same names.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn parse(text: &str) -> Result<Self, String> {
        let zone = TimeZoneDatabase::bundled().get(text);
        let name = zone.as_ref().ok().and_then(|zone| zone.iana_name());
        name.map(|name| Self(name.to_owned().into()))
            .ok_or_else(|| "Must be a time zone of the tz database such as Europe/Berlin".into())
    }

    /// All that the database has, in the order of their names.
    pub fn all() -> Vec<Self> {
        TimeZoneDatabase::bundled().available().map(|name| Self(name.to_string().into())).collect()
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its rules.
    pub fn rules(&self) -> TimeZone {
        // A name that was parsed is in the database.
        TimeZoneDatabase::bundled().get(&self.0).unwrap_or(TimeZone::UTC)
    }
}

/// UTC.
impl Default for ZoneName {
    fn default() -> Self {
        Self("UTC".into())
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::ZoneName;

    #[test]
    fn every_name_of_the_database_is_known_in_any_case_and_spelt_as_there() {
        let names: Vec<_> = TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect();
        for known in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Etc/GMT+12"]
        {
            assert!(names.iter().any(|name| name == known), "{known}");
        }
        for name in names {
            assert!(name.len() <= 64, "{name} does not fit into USER_PROFILES.TIME_ZONE");
            for text in [name.clone(), name.to_uppercase(), name.to_lowercase()] {
                assert_eq!(ZoneName::parse(&text).unwrap().as_str(), name);
            }
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in [
            "",
            "Berlin",
            "Europe",
            "Europe/Berlin ",
            "Europe/Ber\u{0}lin",
            "CEST",
            "+01:00",
            "UTC+1",
            "Etc/Unknown",
            "../Europe/Berlin",
            "localtime",
            &"Europe/Berlin".repeat(5000),
        ] {
            let error = ZoneName::parse(text).unwrap_err();
            assert_eq!(error, "Must be a time zone of the tz database such as Europe/Berlin", "{text}");
        }
    }

    #[test]
    fn the_default_is_a_name() {
        assert_eq!(ZoneName::parse("utc"), Ok(ZoneName::default()));
    }
}
