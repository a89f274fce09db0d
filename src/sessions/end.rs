use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, delete};
use serde::Serialize;
use utoipa::ToSchema;

use super::error::{NoSuchSession, NotFound};
use super::session_id::SessionId;
use super::{Device, queries};
use crate::audit::{Act, Entry};
use crate::auth::{Cookies, Revocation, Revocations, UnauthorizedResponse, Verified, VerifiedToken};
use crate::db::{Db, DbError};
use crate::http::Error;
use crate::http::responses::{Broken, Unavailable};

#[derive(Serialize, ToSchema)]
pub struct Ended {
    #[schema(example = "Session ended")]
    message: &'static str,
}

/// End a session
///
/// One of the caller's own, be it the current one. Other instances know within seconds.
#[utoipa::path(
    tag = "sessions",
    security(("access_token" = [])),
    params(("id" = String, Path, description = "The session", format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")),
    responses(
        (status = 200, description = "It has ended", body = Ended),
        UnauthorizedResponse,
        NotFound,
        Broken,
        Unavailable,
    ),
)]
#[delete("/me/sessions/<id>")]
pub async fn end_session(
    token: VerifiedToken,
    device: Device,
    id: Result<SessionId, NoSuchSession>,
    cookies: Cookies<'_>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Json<Ended>, Error> {
    end_one(&token.0, &device, id?, cookies, revocations, db).await?;
    Ok(Json(Ended { message: "Session ended" }))
}

/// Ends one session of a token's user. Where it is the token's own, its browser forgets it.
///
/// # Errors
/// A 404 on `id` where the user has no such session; a 503 where the database does not answer.
pub async fn end_one(
    token: &Verified,
    device: &Device,
    SessionId(session): SessionId,
    cookies: Cookies<'_>,
    revocations: &Arc<Revocations>,
    db: &Db,
) -> Result<(), Error> {
    let user = token.user;
    let revocation = Revocation::of_session(session);
    let (revokes, revoking) = (Arc::clone(revocations), revocation.clone());
    let expires_at = revocations.expiry();
    let entry = Entry::by_user(Act::SessionEnded, user, device.address, token.session).on(session);
    let was_there = db.unit("end_session", move |db| {
        let was_there = queries::delete_session(db, session, user)?;
        if was_there {
            entry.insert(db)?;
            revokes.revoke(db.last(), &revoking, expires_at)?;
        }
        Ok(was_there)
    });
    if !was_there.await? {
        return Err(NoSuchSession.into());
    }
    revocations.note(&revocation, expires_at);
    if token.session == Some(session) {
        cookies.clear_if_heard();
    }
    Ok(())
}

/// End all other sessions
///
/// All of the caller's own but the current one.
#[utoipa::path(
    tag = "sessions",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "They have ended", body = Ended, example = json!({"message": "Other sessions ended"})),
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[delete("/me/sessions")]
pub async fn end_other_sessions(
    token: VerifiedToken,
    device: Device,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Json<Ended>, Error> {
    end_others(&token.0, &device, revocations, db).await?;
    Ok(Json(Ended { message: "Other sessions ended" }))
}

/// Ends all sessions of a token's user but its own.
///
/// # Errors
/// As [`Db::unit`].
pub async fn end_others(
    token: &Verified,
    device: &Device,
    revocations: &Arc<Revocations>,
    db: &Db,
) -> Result<(), DbError> {
    let (user, current) = (token.user, token.session);
    let (revokes, expires_at) = (Arc::clone(revocations), revocations.expiry());
    let entry = Entry::by_user(Act::SessionsEnded, user, device.address, current);
    let ended = db.unit("end_other_sessions", move |db| {
        let ended = queries::delete_other_sessions(db, user, current)?;
        let ended: Vec<_> = ended.into_iter().map(Revocation::of_session).collect();
        if ended.is_empty() {
            return Ok(ended);
        }
        entry.insert(db)?;
        revokes.revoke_all(db.last(), &ended, expires_at)?;
        Ok(ended)
    });
    for revocation in ended.await? {
        revocations.note(&revocation, expires_at);
    }
    Ok(())
}
