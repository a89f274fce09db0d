//! What a person has set for all that they see, for any feature that asks.

use crate::auth::UserId;
use crate::db::{DbError, Reader, Row};
use crate::text::Locale;
use crate::time::{WeekStart, ZoneName};

/// A person's time zone, language and first day of the week; by themselves, for who has never set any: UTC, English, Monday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Where times are shown.
    pub time_zone: ZoneName,
    /// What texts are in.
    pub locale: Locale,
    /// What weeks begin with.
    pub week_starts_on: WeekStart,
}

/// Preferences as far as somebody has set them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Where times are shown.
    pub time_zone: Option<ZoneName>,
    /// What texts are in.
    pub locale: Option<Locale>,
    /// What weeks begin with.
    pub week_starts_on: Option<WeekStart>,
}

/// A person's preferences: the defaults also for a user who is not there. One round trip.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn find_preferences(db: &mut Reader<'_>, user: UserId) -> Result<Preferences, DbError> {
    Ok(find_chosen(db, user)?.into())
}

/// What a person has chosen: nothing for a user who is not there. One round trip.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn find_chosen(db: &mut Reader<'_>, user: UserId) -> Result<Chosen, DbError> {
    let found = db.row(
        "SELECT TIME_ZONE, LOCALE, WEEK_STARTS_ON FROM USER_PROFILES WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
        |row| Chosen::read(row, 0),
    )?;
    Ok(found.unwrap_or_default())
}

impl From<Chosen> for Preferences {
    fn from(chosen: Chosen) -> Self {
        Self {
            time_zone: chosen.time_zone.unwrap_or_default(),
            locale: chosen.locale.unwrap_or_default(),
            week_starts_on: chosen.week_starts_on.unwrap_or_default(),
        }
    }
}

impl Chosen {
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
/// it counts as not set then, and nobody is kept out for it.
fn known<T>(column: &str, value: Option<Result<T, String>>) -> Option<T> {
    match value? {
        Ok(value) => Some(value),
        Err(why) => {
            tracing::warn!("a USER_PROFILES.{column} counts as not set: {why}");
            None
        }
    }
}
