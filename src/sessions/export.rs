use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::queries;
use crate::export::Part;
use crate::time;

/// A session, as its person takes it along: one that has expired, too, until it is swept.
#[derive(Serialize, ToSchema)]
pub struct ExportedSession {
    #[schema(value_type = String, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    pub id: Uuid,
    #[schema(example = "token")]
    pub kind: String,
    /// When it began, in UTC.
    #[schema(value_type = String, format = DateTime, example = "2025-12-05T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub created_at: DateTime<Utc>,
    /// When it was last refreshed; before that, when it began.
    #[schema(value_type = String, format = DateTime, example = "2025-12-05T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub last_used_at: DateTime<Utc>,
    /// When it ends unless it is refreshed.
    #[schema(value_type = String, format = DateTime, example = "2026-01-04T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub expires_at: DateTime<Utc>,
    /// Where its last use came from.
    #[schema(example = "192.0.2.1")]
    pub address: String,
    /// What the client called itself then.
    #[schema(required, example = "Mozilla/5.0")]
    pub user_agent: Option<String>,
}

/// What the feature knows of a person. No session has the id of zeros.
pub fn part() -> Part {
    Part::list("sessions", Uuid::nil(), queries::export_sessions)
}
