use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::UserId;
use crate::preferences::{Chosen, Preferences};
use crate::text::Locale;
use crate::time::{self, WeekStart, ZoneName};

/// One's own account, and what one has set.
#[derive(Serialize, ToSchema)]
pub struct Profile {
    #[schema(minimum = 1, example = 1)]
    id: i64,
    #[schema(format = "idn-email", example = "john@example.com")]
    pub email: String,
    #[schema(required, example = "John Doe")]
    pub name: Option<String>,
    /// When the account was made, in UTC; six fractional digits where they are not zero.
    #[schema(required, value_type = Option<String>, format = DateTime, example = "2025-12-05T10:30:00+00:00")]
    #[serde(serialize_with = "time::serialize_with_offset")]
    created_at: Option<DateTime<Utc>>,
    /// `UTC` where none was set.
    time_zone: ZoneName,
    /// `en` where none was set.
    locale: Locale,
    /// 1 where none was set.
    week_starts_on: WeekStart,
    /// Whether others may find one; `false` where it was never set.
    #[schema(example = false)]
    pub is_listed: bool,
}

/// What USERS shows of somebody.
pub struct Account {
    pub email: String,
    pub name: Option<String>,
    pub created_at: Option<DateTime<Utc>>,
}

/// What USER_PROFILES holds of somebody. By itself, for who has no row there: the defaults.
#[derive(Debug, Default)]
pub struct Settings {
    pub chosen: Chosen,
    pub is_listed: bool,
}

impl Profile {
    /// What they are called: their name, else their address.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }

    /// Their address.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Puts together what the tables hold.
    pub fn new(user: UserId, account: Account, settings: Settings) -> Self {
        let Account { email, name, created_at } = account;
        let Settings { chosen, is_listed } = settings;
        let Preferences { time_zone, locale, week_starts_on } = chosen.into();
        Self { id: user.0, email, name, created_at, time_zone, locale, week_starts_on, is_listed }
    }
}
