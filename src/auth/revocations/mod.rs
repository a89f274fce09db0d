//! Tokens that are refused before their time. What was revoked is in the database; each instance knows it
//! by heart, so that a request does not ask.

mod queries;
mod revoked;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Acquire, Ordering::Release};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::{Mutex, RwLock};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::token::{Verified, now};
use crate::db::{Db, DbError, Unit};
use revoked::Revoked;

pub use queries::delete_expired;
pub use revoked::Revocation;

/// How long after the last token that it names is no good any more a row stays: instances' clocks differ.
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// How much longer than a write may take it is looked back for what has been committed since.
const OVERLAP: TimeDelta = TimeDelta::seconds(10);

/// What this instance knows of tokens that are refused before their time.
pub struct Revocations {
    db: Db,
    known: RwLock<Revoked>,
    has_begun: AtomicBool,
    /// When the first look last failed, and why.
    failed: tokio::sync::Mutex<Option<(Instant, DbError)>>,
    /// When the database was last asked, by its clock.
    asked: Mutex<Option<DateTime<Utc>>>,
    every: Duration,
    access_token_lifetime: TimeDelta,
}

impl Revocations {
    /// Nothing known yet. Looks are `every` so long; a revoked token was good for no longer than its
    /// lifetime.
    pub fn new(db: Db, every: Duration, access_token_lifetime: Duration) -> Self {
        Self {
            db,
            known: RwLock::default(),
            has_begun: AtomicBool::new(false),
            failed: tokio::sync::Mutex::default(),
            asked: Mutex::default(),
            every,
            access_token_lifetime: TimeDelta::from_std(access_token_lifetime).unwrap_or(TimeDelta::MAX),
        }
    }

    /// Waits until what was revoked before this instance began is known, which it is ever after.
    ///
    /// # Errors
    /// As [`Db::read`]: without the database it cannot be known.
    pub async fn begun(&self) -> Result<(), DbError> {
        if self.has_begun.load(Acquire) {
            return Ok(());
        }
        let came = Instant::now();
        let mut failed = self.failed.lock().await;
        if self.has_begun.load(Acquire) {
            return Ok(());
        }
        // Who has waited for a look that failed does not wait for another one: all of them together take no
        // longer than one.
        if let Some((at, error)) = &*failed
            && *at >= came
        {
            return Err(error.clone());
        }
        self.look().await.inspect_err(|error| *failed = Some((Instant::now(), error.clone())))
    }

    /// Whether a token is refused.
    pub fn is_revoked(&self, token: &Verified) -> bool {
        self.known.read().names(token)
    }

    /// Revokes in a unit of work. To be [noted](Self::note) once that is committed.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn revoke(
        &self,
        db: &mut Unit<'_>,
        revocation: &Revocation,
        expires_at: DateTime<Utc>,
    ) -> Result<(), DbError> {
        queries::insert(db, revocation, expires_at)
    }

    /// As [`revoke`](Self::revoke), for all of these in one round trip.
    ///
    /// # Errors
    /// As [`revoke`](Self::revoke).
    pub fn revoke_all(
        &self,
        db: &mut Unit<'_>,
        revocations: &[Revocation],
        expires_at: DateTime<Utc>,
    ) -> Result<(), DbError> {
        queries::insert_all(db, revocations, expires_at)
    }

    /// When what is revoked now has expired by itself.
    pub fn expiry(&self) -> DateTime<Utc> {
        let lifetime = self.access_token_lifetime.checked_add(&MARGIN);
        lifetime
            .and_then(|lifetime| Utc::now().checked_add_signed(lifetime))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Refuses what was revoked from now on, in this instance.
    pub fn note(&self, revocation: &Revocation, expires_at: DateTime<Utc>) {
        self.known.write().add(revocation.subject(), expires_at);
    }

    /// Looks again and again at what other instances have revoked. What is known stays known while the
    /// database is away.
    pub async fn run(self: Arc<Self>) {
        let mut looks = interval_at(Instant::now() + self.every, self.every);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told = false;
        loop {
            looks.tick().await;
            match self.look().await {
                Ok(()) if std::mem::take(&mut told) => {
                    tracing::info!("revoked tokens can be looked at again")
                }
                Ok(()) => {}
                Err(error) => match std::mem::replace(&mut told, true) {
                    false => tracing::warn!("revoked tokens cannot be looked at: {error}"),
                    true => tracing::debug!("revoked tokens cannot be looked at: {error}"),
                },
            }
        }
    }

    async fn look(&self) -> Result<(), DbError> {
        // A row is as old as its statement, and can be seen only once its unit is committed.
        let write = TimeDelta::from_std(self.db.longest_work()).unwrap_or(TimeDelta::MAX);
        let back = write.checked_add(&OVERLAP).unwrap_or(TimeDelta::MAX);
        let since = self.asked.lock().and_then(|asked| asked.checked_sub_signed(back)).unwrap_or_default();
        let found = self.db.read("look_at_revoked", move |db| queries::since(db, since)).await?;
        let mut known = self.known.write();
        found.revoked.into_iter().for_each(|(subject, expires_at)| known.add(&subject, expires_at));
        known.forget(now().as_secs());
        *self.asked.lock() = Some(found.asked);
        self.has_begun.store(true, Release);
        Ok(())
    }
}
