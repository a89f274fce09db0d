use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::parts::{ClosedAccount, LoginFailures};
use crate::audit::Line;
use crate::sessions::ExportedSession;
use crate::users::me::Profile;

/// All that the server knows of a person, but for secrets. Its lists are in no promised order.
#[derive(Serialize, ToSchema)]
#[schema(as = Export)]
pub struct ExportDocument {
    /// When it was begun, in UTC.
    #[schema(value_type = String, format = DateTime, example = "2025-12-05T10:30:00Z")]
    exported_at: DateTime<Utc>,
    account: Profile,
    /// Where nobody can log in to the account.
    #[schema(required)]
    closed_account: Option<ClosedAccount>,
    /// Where wrong passwords were tried lately.
    #[schema(required)]
    login_failures: Option<LoginFailures>,
    sessions: Vec<ExportedSession>,
    /// As `GET /api/calendar/calendars` shows them, each with `created_at` and `updated_at` beside.
    #[schema(value_type = Vec<Object>, example = json!([]))]
    calendars: Vec<()>,
    /// As `GET /api/calendar/events` shows them, each with `created_at` and `updated_at` beside.
    #[schema(value_type = Vec<Object>, example = json!([]))]
    events: Vec<()>,
    /// What was done to the account.
    activity: Vec<Line>,
}
