use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::{DbError, Row, required};
use crate::time;

/// A line of the audit log, as its person sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Activity)]
pub struct Line {
    /// Its own name.
    #[schema(format = "uuid", example = "6f1d5a0e-53a1-4a8b-8a51-0d4b1a0b1f7e")]
    pub id: String,
    /// When it was, in UTC; six fractional digits where they are not zero.
    #[schema(value_type = String, format = DateTime, example = "2025-12-05T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub at: DateTime<Utc>,
    /// What was done: `login`, `login_failed`, `logout`, `session_ended`, `sessions_ended`,
    /// `refresh_token_reused`, `password_changed`, `password_reset`, `email_changed`, `exported`, `erased`,
    /// `restored`, `deactivated`, `activated`, or what a later version knows.
    #[schema(example = "login")]
    pub act: String,
    /// Who did it: `user`, in one's own name, or `operator`, of the server.
    #[schema(example = "user")]
    pub actor: String,
    /// From which address it was asked for.
    #[schema(required, example = "192.0.2.1")]
    pub address: Option<String>,
    /// With which session; a login: which one began.
    #[schema(required, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    pub session_id: Option<String>,
    /// What it was done to, where that is not the account as a whole: the session that was ended, the
    /// address that was left.
    #[schema(required, example = json!(null))]
    pub subject: Option<String>,
}

impl Line {
    /// Reads ID, ACTED_AT, ACT, ACTOR, ADDRESS, SESSION_ID and SUBJECT.
    pub(super) fn read(row: &dyn Row) -> Result<Self, DbError> {
        let text = |column, name| Ok::<_, DbError>(required(row.text(column)?, name)?.into_owned());
        let optional = |column| Ok::<_, DbError>(row.text(column)?.map(Cow::into_owned));
        Ok(Self {
            id: text(0, "ID")?,
            at: required(row.timestamp(1)?, "ACTED_AT")?,
            act: text(2, "ACT")?,
            actor: text(3, "ACTOR")?,
            address: optional(4)?,
            session_id: optional(5)?,
            subject: optional(6)?,
        })
    }
}
