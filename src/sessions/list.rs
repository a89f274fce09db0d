use chrono::{DateTime, Utc};
use rocket::serde::json::Json;
use rocket::{State, get};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::queries;
use crate::auth::{UnauthorizedResponse, Verified, VerifiedToken};
use crate::db::{Db, DbError};
use crate::http::Error;
use crate::http::responses::{Broken, Unavailable};
use crate::time;

/// A login on one device.
#[derive(Serialize, ToSchema)]
pub struct Session {
    #[schema(value_type = String, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    pub id: Uuid,
    /// `token`: a program that keeps its tokens by itself; `cookies`: a browser.
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
    /// Where that came from.
    #[schema(example = "192.0.2.1")]
    pub address: String,
    /// What the client called itself then.
    #[schema(required, example = "Mozilla/5.0")]
    pub user_agent: Option<String>,
    /// Whether it is the session of the request itself.
    pub is_current: bool,
}

/// List one's sessions
///
/// The caller's own, the last used first. Tokens of plain logins belong to none.
#[utoipa::path(
    tag = "sessions",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "The sessions", body = Vec<Session>),
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[get("/me/sessions")]
pub async fn list_sessions(token: VerifiedToken, db: &State<Db>) -> Result<Json<Vec<Session>>, Error> {
    Ok(Json(list_own(&token.0, db).await?))
}

/// The sessions of a token's user, the last used first.
///
/// # Errors
/// As [`Db::read`].
pub async fn list_own(token: &Verified, db: &Db) -> Result<Vec<Session>, DbError> {
    let (user, current) = (token.user, token.session);
    let list = move |db: &mut crate::db::Reader<'_>| queries::list_sessions(db, user, current, Utc::now());
    db.read("list_sessions", list).await
}
