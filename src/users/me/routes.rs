use rocket::serde::json::Json;
use rocket::{State, get, patch};

use super::change::change_profile;
use super::patch::ProfilePatch;
use super::profile::Profile;
use super::queries;
use crate::auth::{Caller, CurrentUser, Unauthorized, UnauthorizedResponse, UserId};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error};

/// Read one's own account
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    responses((status = 200, description = "The account", body = Profile), UnauthorizedResponse, Broken, Unavailable),
)]
#[get("/me")]
pub async fn read_profile(user: CurrentUser, db: &State<Db>) -> Result<Json<Profile>, Error> {
    let found = db.read("read_profile", move |db| queries::find_profile(db, user.0)).await?;
    answer(user.0, found)
}

/// Change one's own account
///
/// By a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)): what is left out stays as it
/// is. The answer is the whole of it after the change.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    request_body = ProfilePatch,
    responses(
        (status = 200, description = "The account after the change", body = Profile),
        Refused,
        UnauthorizedResponse,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[patch("/me", data = "<body>")]
pub async fn patch_profile(caller: Caller<'_>, body: Body, db: &State<Db>) -> Result<Json<Profile>, Error> {
    let id = caller.confirmed_by(&body).await?.0.user;
    let patch = ProfilePatch::read(&body)?;
    let found = match patch.changes_account() || patch.changes_settings() {
        true => db.unit("patch_profile", move |db| change_profile(db, id, &patch)).await?,
        false => db.read("read_profile", move |db| queries::find_profile(db, id)).await?,
    };
    answer(id, found)
}

fn answer(user: UserId, found: Option<queries::Found>) -> Result<Json<Profile>, Error> {
    let (account, settings) = found.ok_or(Unauthorized("User not found"))?;
    Ok(Json(Profile::new(user, account, settings.unwrap_or_default())))
}
