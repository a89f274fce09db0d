use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::queries;
use crate::auth::UserId;
use crate::db::{DbError, Reader};
use crate::export::Part;
use crate::time;
use crate::users::me::{Profile, find_profile};

/// That nobody can log in to an account, since when, and until when it is kept.
#[derive(Serialize, ToSchema)]
pub struct ClosedAccount {
    /// When an operator deactivated it, in UTC.
    #[schema(required, value_type = Option<String>, format = DateTime, example = "2025-12-05T10:30:00+00:00")]
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub deactivated_at: Option<DateTime<Utc>>,
    /// When its person erased it, in UTC.
    #[schema(required, value_type = Option<String>, format = DateTime, example = "2025-12-05T10:30:00+00:00")]
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub erased_at: Option<DateTime<Utc>>,
    /// From when on nothing of the person is kept, in UTC.
    #[schema(required, value_type = Option<String>, format = DateTime, example = "2026-01-04T10:30:00+00:00")]
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub purge_at: Option<DateTime<Utc>>,
}

/// Wrong passwords in a row that were tried for the account's address.
#[derive(Serialize, ToSchema)]
pub struct LoginFailures {
    #[schema(minimum = 1, example = 1)]
    pub count: i64,
    /// When the last one was, in UTC.
    #[schema(value_type = String, format = DateTime, example = "2025-12-05T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub last_at: DateTime<Utc>,
}

/// What the feature knows of a person. The account comes first: without it there is nobody.
pub fn parts() -> Vec<Part> {
    vec![
        Part::object("account", find_account),
        Part::object("closed_account", queries::find_closed_account),
        Part::object("login_failures", queries::find_login_failures),
    ]
}

fn find_account(db: &mut Reader<'_>, user: UserId) -> Result<Option<Profile>, DbError> {
    let found = find_profile(db, user)?;
    Ok(found.map(|(account, settings)| Profile::new(user, account, settings.unwrap_or_default())))
}
