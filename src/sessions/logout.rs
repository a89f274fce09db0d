use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Device, queries};
use crate::audit::{Act, Entry};
use crate::auth::{Revocation, Revocations, Unauthorized, UnauthorizedResponse, VerifiedToken};
use crate::db::Db;
use crate::http::Error;
use crate::http::responses::{Broken, Unavailable};

#[derive(Serialize, ToSchema)]
pub struct LoggedOut {
    #[schema(example = "Logged out")]
    message: &'static str,
}

/// Log out
///
/// Ends the session of the access token; a token without one is refused from now on. Other instances know
/// within seconds.
#[utoipa::path(
    tag = "sessions",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "The session has ended", body = LoggedOut),
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[post("/logout")]
pub async fn log_out(
    token: VerifiedToken,
    device: Device,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Json<LoggedOut>, Error> {
    let VerifiedToken(token) = token;
    let (session, user) = (token.session, token.user);
    let revocation = session.map(Revocation::of_session).or_else(|| Revocation::of_token(&token));
    // Not one of Flask-JWT-Extended's, nor of ours.
    let revocation = revocation.ok_or(Unauthorized("The token has no jti by which it could be revoked"))?;
    let (revokes, revoking) = (Arc::clone(revocations), revocation.clone());
    let expires_at = revocations.expiry();
    let entry = Entry::by_user(Act::Logout, user, device.address, session);
    db.unit("log_out", move |db| {
        if let Some(session) = session {
            queries::delete_session(db, session, user)?;
        }
        entry.insert(db)?;
        revokes.revoke(db.last(), &revoking, expires_at)
    })
    .await?;
    revocations.note(&revocation, expires_at);
    Ok(Json(LoggedOut { message: "Logged out" }))
}
