use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::limit::FORGOTTEN_AFTER;
use super::{FailuresKey, Limited, Refused, Turn, queries};
use crate::db::{Db, DbError, Reader, Unit};
use crate::users::queries::{Credentials, Failures, Found, find_login};

/// A database that took so long to say that it cannot be had keeps nobody waiting in line for the
/// same answer. One that says so at once may have lost a session, and serve the next.
const SILENCE: Duration = Duration::from_secs(1);

/// One try of an address and a password. No other of the same address goes on in this process until
/// it is dropped.
pub struct Attempt<'t> {
    limited: Option<(&'t Limited, Turn<'t, Refused>)>,
    email: String,
    key: FailuresKey,
    seen: Seen,
    reserved: bool,
}

/// What the database said before the password was looked at.
struct Seen {
    found: Found,
    /// Of what was found, that which counts.
    counted: Option<Failures>,
}

impl<'t> Attempt<'t> {
    /// Reads whose address it is, and what was counted against it.
    ///
    /// # Errors
    /// `Refused` where the address waits, or the database does not answer.
    pub(super) async fn begin(
        limited: Option<(&'t Limited, Turn<'t, Refused>)>,
        db: &Db,
        email: String,
        key: FailuresKey,
    ) -> Result<(Option<Credentials>, Self), Refused> {
        let (user, seen) = look(limited.as_ref(), db, &email, &key).await?;
        Ok((user, Self { limited, email, key, seen, reserved: false }))
    }

    /// When it began, by the database's clock.
    pub fn began_at(&self) -> DateTime<Utc> {
        self.seen.found.now
    }

    /// Where something is counted, counts this try as failed, too, before its password is looked
    /// at: other instances do the same.
    ///
    /// # Errors
    /// `Refused` where another instance took the last place, or the database does not answer.
    pub async fn reserve(&mut self, db: &Db) -> Result<(), Refused> {
        let Some((limited, turn)) = &self.limited else { return Ok(()) };
        while let Some(counted) = self.seen.counted {
            let (key, allowed) = (self.key.clone(), limited.limit.failures);
            let reserve = move |db: &mut Unit<'_>| queries::reserve(db, key.as_str(), allowed, counted);
            self.reserved = ask(Some(turn), db.unit("reserve_login", reserve)).await?;
            if self.reserved {
                break;
            }
            (_, self.seen) = look(self.limited.as_ref(), db, &self.email, &self.key).await?;
        }
        Ok(())
    }

    /// Counts a wrong password that was not counted before: one write.
    ///
    /// # Errors
    /// `Refused` where the database does not answer.
    pub async fn failed(self, db: &Db) -> Result<(), Refused> {
        let Some((_, turn)) = &self.limited else { return Ok(()) };
        if self.reserved {
            return Ok(());
        }
        let Found { failures, now } = self.seen.found;
        let (key, forgotten) = (self.key, now - FORGOTTEN_AFTER);
        let write = move |db: &mut Unit<'_>| count(db, &key, failures.is_some(), forgotten);
        ask(Some(turn), db.unit("count_failure", write)).await
    }

    /// Forgets the failures after a right password, this try among them: a write only if there are
    /// any.
    ///
    /// # Errors
    /// `Refused` where the database does not answer.
    pub async fn succeeded(self, db: &Db) -> Result<(), Refused> {
        let Some((_, turn)) = &self.limited else { return Ok(()) };
        if self.seen.found.failures.is_none() {
            return Ok(());
        }
        let key = self.key;
        let forget = move |db: &mut Unit<'_>| queries::delete_failures(db.last(), key.as_str());
        ask(Some(turn), db.unit("reset_failures", forget)).await
    }

    /// As [`Attempt::succeeded`], together with more that is written then: its last write commits both.
    ///
    /// # Errors
    /// `Refused` where the database does not answer.
    pub async fn succeeded_with<T, F>(self, db: &Db, work: F) -> Result<T, Refused>
    where
        T: Send + 'static,
        F: FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send + 'static,
    {
        self.succeeded_in(db, "log_in_user", work).await
    }

    /// As [`Attempt::succeeded_with`], for what is no login.
    ///
    /// # Errors
    /// As [`Attempt::succeeded_with`].
    pub async fn succeeded_in<T, F>(self, db: &Db, action: &'static str, work: F) -> Result<T, Refused>
    where
        T: Send + 'static,
        F: FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let turn = self.limited.as_ref().map(|(_, turn)| turn);
        let counted = turn.is_some() && self.seen.found.failures.is_some();
        let key = self.key.clone();
        let unit = db.unit(action, move |db| {
            if counted {
                queries::delete_failures(db, key.as_str())?;
            }
            work(db)
        });
        ask(turn, unit).await
    }
}

async fn look(
    limited: Option<&(&Limited, Turn<'_, Refused>)>,
    db: &Db,
    email: &str,
    key: &FailuresKey,
) -> Result<(Option<Credentials>, Seen), Refused> {
    let (email, key) = (email.to_owned(), key.clone());
    let find = move |db: &mut Reader<'_>| find_login(db, &email, key.as_str());
    let (user, found) = ask(limited.map(|(_, turn)| turn), db.read("log_in_user", find)).await?;
    let Some((limited, turn)) = limited else { return Ok((user, Seen { found, counted: None })) };
    match limited.limit.counted(&found) {
        Ok(counted) => Ok((user, Seen { found, counted })),
        Err(wait) => {
            turn.tell_all(wait.into());
            Err(wait.into())
        }
    }
}

/// Asks the database. Where it took long to learn that it cannot be had, so does the line behind.
async fn ask<T>(
    turn: Option<&Turn<'_, Refused>>,
    work: impl Future<Output = Result<T, DbError>>,
) -> Result<T, Refused> {
    let asked = Instant::now();
    let done = work.await;
    if let (Err(DbError::Unavailable(cause) | DbError::Away(cause)), Some(turn)) = (&done, turn)
        && asked.elapsed() >= SILENCE
    {
        turn.tell_all(Refused::Database(DbError::Away(cause.clone())));
    }
    Ok(done?)
}

/// The row can have come or gone since it was looked for: other instances count, too.
fn count(
    db: &mut Unit<'_>,
    key: &FailuresKey,
    mut there: bool,
    forgotten: DateTime<Utc>,
) -> Result<(), DbError> {
    loop {
        if there && queries::add_failure(db, key.as_str(), forgotten)? {
            return Ok(());
        }
        match queries::insert_failure(db, key.as_str()) {
            Err(DbError::Unique(_)) => there = true,
            inserted => return inserted,
        }
    }
}
