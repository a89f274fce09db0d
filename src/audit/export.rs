use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::queries;
use crate::export::Part;
use crate::time;

/// A line of the audit log, as its person takes it along.
#[derive(Serialize, ToSchema)]
pub struct ExportedEntry<'r> {
    #[schema(value_type = String, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    pub id: Cow<'r, str>,
    /// When it was done, in UTC.
    #[schema(value_type = String, format = DateTime, example = "2025-12-05T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub at: DateTime<Utc>,
    /// What was done.
    #[schema(value_type = String, example = "login")]
    pub act: Cow<'r, str>,
    /// Who did it: `user`, or `operator`.
    #[schema(value_type = String, example = "user")]
    pub actor: Cow<'r, str>,
    /// From where.
    #[schema(required, value_type = Option<String>, example = "192.0.2.1")]
    pub address: Option<Cow<'r, str>>,
    /// With which session.
    #[schema(required, value_type = Option<String>, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    pub session: Option<Cow<'r, str>>,
    /// What it was done to, where that is not the account as a whole.
    #[schema(required, value_type = Option<String>, example = "john@example.com")]
    pub subject: Option<Cow<'r, str>>,
}

/// What the log knows of a person. No line has the id of zeros.
pub fn part() -> Part {
    Part::list("activity", (DateTime::UNIX_EPOCH, Uuid::nil().to_string()), queries::export_log)
}
