use std::sync::Arc;

use chrono::{DateTime, Utc};
use rocket::http::Status;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{State, delete, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Erased, erase};
use crate::audit::{Act, Entry};
use crate::auth::{
    Caller, Cookies, Revocations, Unauthorized, UnauthorizedResponse, Verified, VerifiedToken,
};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error};
use crate::sessions::{Device, is_recent_login};
use crate::time;
use crate::users::Settings;
use crate::users::error::{LoginNeeded, LoginTooOld};
use crate::users::password::PasswordCheck;

/// The password of the account that is to be erased.
#[derive(ToSchema)]
#[expect(dead_code, reason = "what is read, for the document")]
pub struct Erasure {
    #[schema(format = Password, min_length = 1, example = "correct horse")]
    password: String,
}

/// An account that is to be erased.
#[derive(Serialize, ToSchema)]
pub struct BeingErased {
    #[schema(example = "The account is being erased")]
    message: &'static str,
    /// Until then it can be restored by who runs the server; then nothing of it is left. In UTC.
    #[schema(value_type = String, format = DateTime, example = "2026-01-04T10:30:00Z")]
    #[serde(serialize_with = "time::serialize")]
    purge_at: DateTime<Utc>,
}

/// Erase one's account, after a login
///
/// Of the last 5 minutes. As the other one, which asks for the password instead.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    responses(
        (status = 204, description = "The account is being erased"),
        UnauthorizedResponse,
        LoginNeeded,
        Broken,
        Unavailable,
    ),
)]
#[delete("/me")]
pub async fn delete_account(
    token: VerifiedToken,
    device: Device,
    cookies: Cookies<'_>,
    settings: &State<Settings>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<NoContent, Error> {
    if !is_recent_login(db, &token.0).await? {
        return Err(LoginTooOld.into());
    }
    erase_by_user(&token.0, &device, settings, revocations, db).await?;
    cookies.clear_if_heard();
    Ok(NoContent)
}

/// Erase one's account
///
/// Nobody can log in to it any more, and all sessions and tokens end. For a while, 30 days unless the server's settings
/// say otherwise, all of it is kept, and can be restored by who runs the server; the address stays taken. Then
/// nothing of it is left.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    request_body = Erasure,
    responses(
        (status = 202, description = "The account is being erased", body = BeingErased),
        Refused,
        UnauthorizedResponse,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[post("/me/erase", data = "<body>")]
pub async fn erase_account(
    caller: Caller<'_>,
    device: Device,
    body: Body,
    check: PasswordCheck<'_>,
    cookies: Cookies<'_>,
    settings: &State<Settings>,
    revocations: &State<Arc<Revocations>>,
) -> Result<(Status, Json<BeingErased>), Error> {
    let token = caller.confirmed_by(&body).await?.0;
    let purge_at = erase_by_password(&token, &device, &body, &check, cookies, settings, revocations).await?;
    Ok((Status::Accepted, Json(BeingErased { message: "The account is being erased", purge_at })))
}

/// Erases the account of a token's user, whose password the body has. From when on nothing of it is kept.
///
/// # Errors
/// A 400 on `password`; else as [`PasswordCheck::check`].
pub async fn erase_by_password(
    token: &Verified,
    device: &Device,
    body: &Body,
    check: &PasswordCheck<'_>,
    cookies: Cookies<'_>,
    settings: &Settings,
    revocations: &Arc<Revocations>,
) -> Result<DateTime<Utc>, Error> {
    let db = check.db();
    let mut fields = body.fields();
    let password = fields.required_text("password");
    let password = fields.finish(password)?;
    let right = check.check(token, password, "password").await?;
    right.attempt.succeeded(db).await?;
    let purge_at = erase_by_user(token, device, settings, revocations, db).await?;
    cookies.clear_if_heard();
    Ok(purge_at)
}

async fn erase_by_user(
    token: &Verified,
    device: &Device,
    settings: &Settings,
    revocations: &Arc<Revocations>,
    db: &Db,
) -> Result<DateTime<Utc>, Error> {
    let (user, retention) = (token.user, settings.account_retention);
    let entry = Entry::by_user(Act::Erased, user, device.address, token.session);
    let revokes = Arc::clone(revocations);
    let erased = db.unit("erase_account", move |db| erase(db, &revokes, user, retention, &entry)).await?;
    let Erased { purge_at, ended } = erased.ok_or(Unauthorized("User not found"))?;
    if let Some(ended) = ended {
        ended.note(revocations);
    }
    Ok(purge_at)
}
