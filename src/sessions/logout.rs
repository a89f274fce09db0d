use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::Device;
use super::ending::Ending;
use crate::auth::{
    Caller, Cookies, Revocations, Unauthorized, UnauthorizedResponse, Verified, VerifiedToken,
};
use crate::db::Db;
use crate::http::responses::{Broken, Unavailable};
use crate::http::{CsrfForm, Error, Form};

#[derive(Serialize, ToSchema)]
pub struct LoggedOut {
    #[schema(example = "Logged out")]
    message: &'static str,
}

impl LoggedOut {
    /// The one that there is.
    pub fn new() -> Self {
        Self { message: "Logged out" }
    }
}

/// Log out
///
/// Ends the session of the access token; a token without one is refused from now on. Other instances know
/// within seconds.
#[utoipa::path(
    tag = "sessions",
    security(("access_token" = [])),
    request_body(content = Option<CsrfForm>, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The session has ended", body = LoggedOut),
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[post("/logout", data = "<form>")]
pub async fn log_out(
    caller: Caller<'_>,
    form: Form,
    device: Device,
    cookies: Cookies<'_>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Json<LoggedOut>, Error> {
    let VerifiedToken(token) = caller.confirmed_by(&form).await?;
    end(&token, device, cookies, revocations, db).await?;
    Ok(Json(LoggedOut::new()))
}

/// Ends the session of a token.
///
/// # Errors
/// A 401 where it has no name; a 503 where the database does not answer.
pub async fn end(
    token: &Verified,
    device: Device,
    cookies: Cookies<'_>,
    revocations: &Arc<Revocations>,
    db: &Db,
) -> Result<(), Error> {
    // Not one of Flask-JWT-Extended's, nor of ours.
    let nameless = Unauthorized("The token has no jti by which it could be revoked");
    let ending = Ending::of(token, device.address, revocations).ok_or(nameless)?;
    let ends = ending.clone();
    db.unit("log_out", move |db| ends.write_last(db)).await?;
    ending.note();
    cookies.clear_if_heard();
    Ok(())
}
