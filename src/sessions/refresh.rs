use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rocket::serde::json::Json;
use rocket::{State, post};
use utoipa::ToSchema;
use uuid::Uuid;

use super::error::{NotRefreshed, RefreshRefused};
use super::opening::{Issued, expiry, issue};
use super::{Device, queries};
use crate::audit::{Act, Entry};
use crate::auth::{Grant, Refusal, Revocation, Revocations, Tokens, now};
use crate::db::{Db, DbError, Unit};
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error};
use crate::watch;

/// How long after its use a refresh token may be shown again: the answer may have been lost.
const SHOWN_AGAIN: TimeDelta = TimeDelta::seconds(10);

/// A refresh token that was shown, and what is to take its place.
pub struct Shown {
    pub refresh_jti: Uuid,
    pub successor: Grant,
    pub expires_at: DateTime<Utc>,
    pub device: Device,
}

/// What the database knows of a session's tokens.
pub struct Held {
    pub refresh_jti: Uuid,
    pub replaced_jti: Option<Uuid>,
    pub issued_at: u64,
    /// How long ago the present ones were made, by the database's clock.
    pub age: TimeDelta,
}

/// What becomes of a refresh token that was shown.
enum Outcome {
    Granted(Grant),
    /// It was used before: somebody else has it, or had.
    Reused,
    /// There is no such session any more.
    Unknown,
}

/// A refresh token.
#[derive(ToSchema)]
#[expect(dead_code, reason = "what is read, for the document")]
pub struct Refresh {
    /// As the login or the last refresh gave it.
    #[schema(min_length = 1, example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    refresh_token: String,
}

/// Refresh
///
/// Gives the session's next tokens, and uses up the one that was sent. Sent again within ten seconds, where
/// the answer was lost, it gives the same ones again; later, or once its successor was used, it ends the
/// session: somebody else may have it.
#[utoipa::path(
    tag = "sessions",
    request_body = Refresh,
    responses(
        (status = 200, description = "The next tokens", body = Issued),
        Refused,
        RefreshRefused,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/refresh", data = "<body>")]
pub async fn refresh_session(
    device: Device,
    body: Body,
    tokens: &State<Tokens>,
    revocations: &State<Arc<Revocations>>,
    db: &State<Db>,
) -> Result<Json<Issued>, Error> {
    let mut fields = body.fields();
    let token = fields.required_text("refresh_token");
    let token = tokens.verify_refresh(&fields.finish(token)?).map_err(NotRefreshed)?;
    let revoked = NotRefreshed(Refusal::Revoked);
    // Flask-JWT-Extended's have no session, and are nobody's here.
    let session = token.session.ok_or(revoked)?;
    let refresh_jti = token.jti.as_deref().and_then(|jti| jti.parse().ok()).ok_or(revoked)?;
    let csrf = token.csrf.ok_or(revoked)?;
    watch::saw_user(token.user.0);
    let (user, issued_at) = (token.user, now().as_secs());
    let successor = Grant { user, session, csrf, refresh_jti: tokens.successor(refresh_jti), issued_at };
    let reuse = Entry::by_user(Act::RefreshTokenReused, user, device.address, Some(session));
    let shown = Shown { refresh_jti, successor, expires_at: expiry(tokens), device };
    let (revocation, expires_at) = (Revocation::of_session(session), revocations.expiry());
    let (revokes, revoking) = (Arc::clone(revocations), revocation.clone());
    let outcome = db.unit("refresh_session", move |db| {
        let outcome = exchange(db, &shown)?;
        if matches!(outcome, Outcome::Reused) {
            if queries::delete_session(db, session, user)? {
                reuse.insert(db)?;
            }
            revokes.revoke(db.last(), &revoking, expires_at)?;
        }
        Ok(outcome)
    });
    match outcome.await? {
        Outcome::Granted(grant) => Ok(Json(issue(tokens, &grant)?)),
        Outcome::Reused => {
            revocations.note(&revocation, expires_at);
            tracing::warn!(
                "user {}: a used refresh token was shown again, and session {session} ended",
                user.0
            );
            Err(revoked.into())
        }
        Outcome::Unknown => Err(revoked.into()),
    }
}

fn exchange(db: &mut Unit<'_>, shown: &Shown) -> Result<Outcome, DbError> {
    if queries::replace(db.last(), shown)? {
        return Ok(Outcome::Granted(shown.successor));
    }
    let Grant { session, user, .. } = shown.successor;
    let Some(held) = queries::find_held(db, session, user)? else { return Ok(Outcome::Unknown) };
    Ok(match held.replaced_jti == Some(shown.refresh_jti) && held.age <= SHOWN_AGAIN {
        // As they were made then, whichever instance and key made them.
        true => Outcome::Granted(Grant {
            refresh_jti: held.refresh_jti,
            issued_at: held.issued_at,
            ..shown.successor
        }),
        false => Outcome::Reused,
    })
}
