//! How somebody reads times and texts, for whichever feature writes them some.

use crate::auth::UserId;
use crate::db::{DbError, Reader, Row};
use crate::text::Locale;
use crate::time::{WeekStart, ZoneName};

/// A person's time zone, language and week. By itself, for who has never set any: UTC, English, Monday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Where times are shown.
    pub time_zone: ZoneName,
    /// What texts are in.
    pub locale: Locale,
    /// What weeks begin with.
    pub week_starts_on: WeekStart,
}

/// A person's preferences: the defaults also for a user who is not there. One round trip.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn find_preferences(db: &mut Reader<'_>, user: UserId) -> Result<Preferences, DbError> {
    let found = db.row(
        "SELECT TIME_ZONE, LOCALE, WEEK_STARTS_ON FROM USER_PROFILES WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
        |row| Preferences::read(row, 0),
    )?;
    Ok(found.unwrap_or_default())
}

impl Preferences {
    /// Reads TIME_ZONE, LOCALE and WEEK_STARTS_ON, which are the columns from `first` on.
    ///
    /// # Errors
    /// `Failed` when a column is of another type.
    pub fn read(row: &dyn Row, first: usize) -> Result<Self, DbError> {
        let time_zone = row.text(first)?.map(|text| ZoneName::parse(&text));
        let locale = row.text(first + 1)?.map(|text| Locale::parse(text.into_owned()));
        let week_starts_on = row.integer(first + 2)?.map(WeekStart::parse);
        Ok(Self {
            time_zone: known("TIME_ZONE", time_zone),
            locale: known("LOCALE", locale),
            week_starts_on: known("WEEK_STARTS_ON", week_starts_on),
        })
    }
}

/// What another program, or a newer one with a newer tz database, has put there can be unknown here:
/// the default is meant then, and nobody is kept out for it.
fn known<T: Default>(column: &str, value: Option<Result<T, String>>) -> T {
    match value {
        Some(Ok(value)) => value,
        Some(Err(why)) => {
            tracing::warn!("a USER_PROFILES.{column} counts as not set: {why}");
            T::default()
        }
        None => T::default(),
    }
}
