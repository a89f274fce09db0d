use rocket::serde::json::Json;
use rocket::{State, get, patch};

use super::address::change_address;
use super::change::change_profile;
use super::patch::ProfilePatch;
use super::presence::require_presence;
use super::profile::Profile;
use super::queries;
use crate::audit::{Act, Entry};
use crate::auth::{Caller, CurrentUser, Unauthorized, UnauthorizedResponse, UserId, Verified};
use crate::db::{Db, Unit};
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error};
use crate::sessions::Device;
use crate::text::Email;
use crate::users::password::PasswordCheck;
use crate::users::queries::find_email;

/// Read one's own account
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    responses((status = 200, description = "The account", body = Profile), UnauthorizedResponse, Broken, Unavailable),
)]
#[get("/me")]
pub async fn read_profile(user: CurrentUser, db: &State<Db>) -> Result<Json<Profile>, Error> {
    let found = db.read("read_profile", move |db| queries::find_profile(db, user.0)).await?;
    profile(user.0, found).map(Json)
}

/// Change one's own account
///
/// By a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)): what is left out stays as it
/// is. The answer is the whole of it after the change. Another address needs the account's password, or a login of the
/// last 5 minutes; sessions stay.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    request_body = ProfilePatch,
    responses(
        (status = 200, description = "The account after the change", body = Profile),
        Refused,
        UnauthorizedResponse,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[patch("/me", data = "<body>")]
pub async fn patch_profile(
    caller: Caller<'_>,
    device: Device,
    body: Body,
    check: PasswordCheck<'_>,
) -> Result<Json<Profile>, Error> {
    let token = caller.confirmed_by(&body).await?.0;
    change_account(&token, &device, &body, &check).await.map(Json)
}

/// Changes what a body names of the account of a token's user, and gives all of it.
///
/// # Errors
/// A 400 on each member that is wrong, on `current_password` also where another address needs it; else as
/// [`PasswordCheck::check`].
pub async fn change_account(
    token: &Verified,
    device: &Device,
    body: &Body,
    check: &PasswordCheck<'_>,
) -> Result<Profile, Error> {
    let db = check.db();
    let mut patch = ProfilePatch::read(body)?;
    let user = token.user;
    let found = match new_address(&patch, user, db).await? {
        Some(email) => {
            require_presence(check, token, patch.current_password.take()).await?;
            let entry = Entry::by_user(Act::EmailChanged, user, device.address, token.session);
            let change = move |db: &mut Unit<'_>| change_address(db, user, &email, &patch, entry);
            db.unit("change_address", change).await??
        }
        None if patch.changes_account() || patch.changes_settings() => {
            db.unit("patch_profile", move |db| change_profile(db, user, &patch)).await?
        }
        None => db.read("read_profile", move |db| queries::find_profile(db, user)).await?,
    };
    profile(user, found)
}

/// The address of a patch, if the account has another one.
async fn new_address(patch: &ProfilePatch, user: UserId, db: &Db) -> Result<Option<Email>, Error> {
    let Some(email) = patch.email.value() else { return Ok(None) };
    let before = db.read("find_email", move |db| find_email(db, user)).await?;
    let before = before.ok_or(Unauthorized("User not found"))?;
    Ok((before != email.as_str()).then(|| email.clone()))
}

fn profile(user: UserId, found: Option<queries::Found>) -> Result<Profile, Error> {
    let (account, settings) = found.ok_or(Unauthorized("User not found"))?;
    Ok(Profile::new(user, account, settings.unwrap_or_default()))
}
