//! A refresh token is exchanged for its successor, whichever way it came.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rocket::async_trait;
use uuid::Uuid;

use super::opening::expiry;
use super::{Device, queries};
use crate::audit::{Act, Entry};
use crate::auth::{Grant, NotRenewed, Refusal, Renewal, Revocation, Revocations, Tokens, Verified, now};
use crate::db::{Db, DbError, Unit};
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

/// Exchanges refresh tokens.
pub struct Exchange {
    db: Db,
    revocations: Arc<Revocations>,
}

impl Exchange {
    /// Of sessions in this database. What ends them is noted here.
    pub fn new(db: Db, revocations: Arc<Revocations>) -> Self {
        Self { db, revocations }
    }
}

#[async_trait]
impl Renewal for Exchange {
    async fn renew(&self, tokens: &Tokens, token: &Verified, device: Device) -> Result<Grant, NotRenewed> {
        let revoked = NotRenewed::Refused(Refusal::Revoked);
        let address = device.address;
        let shown = Shown::of(tokens, token, device).ok_or_else(|| revoked.clone())?;
        let Grant { user, session, .. } = shown.successor;
        let reuse = Entry::by_user(Act::RefreshTokenReused, user, address, Some(session));
        watch::saw_user(user.0);
        let (revocation, expires_at) = (Revocation::of_session(session), self.revocations.expiry());
        let (revokes, revoking) = (Arc::clone(&self.revocations), revocation.clone());
        let outcome = self.db.unit("refresh_session", move |db| {
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
            Outcome::Granted(grant) => Ok(grant),
            Outcome::Reused => {
                self.revocations.note(&revocation, expires_at);
                tracing::warn!(
                    "user {}: a used refresh token was shown again, and session {session} ended",
                    user.0
                );
                Err(revoked)
            }
            Outcome::Unknown => Err(revoked),
        }
    }
}

impl Shown {
    /// `None` for a token that no session can have: Flask-JWT-Extended's have none, and are nobody's here.
    fn of(tokens: &Tokens, token: &Verified, device: Device) -> Option<Self> {
        let (session, csrf) = (token.session?, token.csrf?);
        let refresh_jti = token.jti.as_deref()?.parse().ok()?;
        let successor = Grant {
            user: token.user,
            session,
            csrf,
            refresh_jti: tokens.successor(refresh_jti),
            issued_at: now().as_secs(),
            remember: token.remember,
        };
        Some(Self { refresh_jti, successor, expires_at: expiry(tokens), device })
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
