use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, put};
use serde::Serialize;
use utoipa::ToSchema;

use super::check::wrong;
use super::queries::replace_hash;
use super::{NewPassword, PasswordCheck};
use crate::audit::{Act, Entry};
use crate::auth::{Caller, Revocations, UnauthorizedResponse, Verified};
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error};
use crate::sessions::{Device, end_all_but};
use crate::users::Settings;

/// The password that one has, and the one that is to take its place.
#[derive(ToSchema)]
#[schema(as = PasswordChange)]
#[expect(dead_code, reason = "what is read, for the document")]
pub struct PasswordChange {
    #[schema(format = Password, min_length = 1, example = "correct horse")]
    current_password: String,
    /// Taken as it comes, blanks and all. The shortest length is counted in characters; at most
    /// 1,024 bytes in UTF-8.
    #[schema(format = Password, min_length = 8, max_length = 1024, example = "battery staple")]
    password: String,
    /// The new password once more.
    #[schema(format = Password, min_length = 8, max_length = 1024, example = "battery staple")]
    confirm_password: String,
}

#[derive(Serialize, ToSchema)]
pub struct Changed {
    #[schema(example = "Password changed")]
    message: &'static str,
}

/// Change one's password
///
/// Ends all other sessions, and each token that belongs to none, that of this request too if it is one. The answer
/// comes when the second of the change is over: a token that is made after it is good.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    request_body = PasswordChange,
    responses(
        (status = 200, description = "The password is the new one", body = Changed),
        Refused,
        UnauthorizedResponse,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[put("/me/password", data = "<body>")]
pub async fn change_password(
    caller: Caller<'_>,
    device: Device,
    body: Body,
    check: PasswordCheck<'_>,
    settings: &State<Settings>,
    revocations: &State<Arc<Revocations>>,
) -> Result<Json<Changed>, Error> {
    let token = caller.confirmed_by(&body).await?.0;
    replace_password(&token, &device, &body, &check, settings, revocations).await?;
    Ok(Json(Changed { message: "Password changed" }))
}

/// Puts the password of a body in the place of the present one, which the body has, too, and ends all other sessions.
///
/// # Errors
/// A 400 on the fields that are wrong; else as [`PasswordCheck::check`].
pub async fn replace_password(
    token: &Verified,
    device: &Device,
    body: &Body,
    check: &PasswordCheck<'_>,
    settings: &Settings,
    revocations: &Arc<Revocations>,
) -> Result<(), Error> {
    let db = check.db();
    let mut fields = body.fields();
    let current_password = fields.required_text("current_password");
    let password = NewPassword::read(&mut fields, settings.password_min_length);
    let (current_password, password) = fields.finish(current_password.zip(password))?;
    let (user, session) = (token.user, token.session);
    // Before a try with the present password is counted.
    let place = check.place()?;
    let right = check.check(token, current_password, "current_password").await?;
    let hash = place.hash(password.into_text()).await.to_string();
    let entry = Entry::by_user(Act::PasswordChanged, user, device.address, session);
    let (before, revokes) = (right.hash, Arc::clone(revocations));
    let changed = right.attempt.succeeded_in(db, "change_password", move |db| {
        if !replace_hash(db, user, &before, &hash)? {
            return Ok(None);
        }
        let ending = end_all_but(db, user, session)?;
        entry.insert(db)?;
        ending.revoke(db, &revokes).map(Some)
    });
    // Somebody was quicker, and what was right a moment ago is not the present one.
    let ended = changed.await?.ok_or_else(|| wrong("current_password"))?;
    ended.note(revocations);
    ended.second_is_over().await;
    Ok(())
}
