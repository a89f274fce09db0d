//! The session of a browser: its cookies are exchanged, or cleared.

use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, delete, post};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Device;
use super::ending::Ending;
use super::logout::LoggedOut;
use crate::auth::{Cookies, CsrfRefused, EndedCookie, RefreshCookie, Revocations, UnauthorizedResponse};
use crate::db::Db;
use crate::http::responses::{Broken, Elsewhere, TooLarge, Unavailable};
use crate::http::{CsrfForm, Error, Form};

/// The cookies are renewed.
#[derive(Serialize, ToSchema)]
pub struct Renewed {
    /// For `X-CSRF-TOKEN`, as `csrf_access_token` has it, too.
    #[schema(value_type = String, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    csrf_token: Uuid,
}

/// Renew a browser's cookies
///
/// By its `refresh_token_cookie`, which is used up. Any other route does so by itself where the access token has
/// expired.
#[utoipa::path(
    tag = "sessions",
    security(("refresh_cookie" = [], "csrf_token" = [])),
    request_body(content = Option<CsrfForm>, content_type = "application/x-www-form-urlencoded"),
    responses(
        (
            status = 200,
            description = "The cookies are renewed",
            body = Renewed,
            headers(("Set-Cookie" = String, description = "The four of them")),
        ),
        UnauthorizedResponse,
        Elsewhere,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/session/refresh", data = "<form>")]
pub async fn refresh_cookies(cookie: RefreshCookie<'_>, form: Form) -> Result<Json<Renewed>, Error> {
    Ok(Json(Renewed { csrf_token: cookie.renewed_for(&form).await? }))
}

/// Log a browser out
///
/// Ends the session of its cookies, and clears them; those that are good no more are cleared, too.
#[utoipa::path(
    tag = "sessions",
    security((), ("access_cookie" = [], "csrf_token" = []), ("refresh_cookie" = [], "csrf_token" = [])),
    responses(
        (
            status = 200,
            description = "The session has ended, if there was one",
            body = LoggedOut,
            headers(("Set-Cookie" = String, description = "The four of them, empty")),
        ),
        CsrfRefused,
        Elsewhere,
        Broken,
        Unavailable,
    ),
)]
#[delete("/session")]
pub async fn end_cookie_session(
    ended: EndedCookie,
    device: Device,
    cookies: Cookies<'_>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Json<LoggedOut>, Error> {
    // A token without any name cannot be revoked, and its cookie goes all the same.
    if let Some(ending) = ended.0.and_then(|token| Ending::of(&token, device.address, revocations)) {
        let ends = ending.clone();
        db.unit("end_cookie_session", move |db| ends.write_last(db)).await?;
        ending.note();
    }
    cookies.clear();
    Ok(Json(LoggedOut::new()))
}
