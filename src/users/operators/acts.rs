//! What operators do to an account. Each is one unit of work with its line of the audit log, bears to be asked for
//! twice, and counts in servers when they look at what is revoked. What is given back says what became of it.

use std::sync::Arc;

use rand::RngExt;
use tokio::io::AsyncWrite;

use super::report::time;
use super::{NotDone, Operators};
use crate::audit::{Act, Entry};
use crate::auth::{PasswordHash, Revocations, UserId};
use crate::db::{DbError, Unit};
use crate::sessions::{Ended, this_second_is_over};
use crate::text::shown;
use crate::users::closing::Outcome;
use crate::users::operations;

/// Of which a password is made that an operator hands on: no two look alike, and none needs a shift key.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// How long it is: 100 bits.
const LENGTH: usize = 20;

impl Operators {
    /// Lets nobody log in to an account until it is activated, and ends what its person is logged in with.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn deactivate(&self, email: &str) -> Result<String, NotDone> {
        let done = self.act("deactivate", email, operations::deactivate).await?;
        Ok(match done {
            Some(ended) => of(email, &format!("is deactivated, and {} ended", sessions(&ended))),
            None => of(email, "was deactivated before"),
        })
    }

    /// Takes back that an account is deactivated. One that is being erased stays closed.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn activate(&self, email: &str) -> Result<String, NotDone> {
        // Whoever has closed it, in whichever way: whoever is let in now is not refused for it.
        this_second_is_over().await;
        let done = self.act("activate", email, |db, _, user| operations::activate(db, user)).await?;
        if done.is_none() {
            return Ok(of(email, "was not deactivated"));
        }
        Ok(of(email, &format!("is not deactivated any more: {}", self.find(email).await?.state())))
    }

    /// Ends what a person is logged in with.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn end_sessions(&self, email: &str) -> Result<String, NotDone> {
        let ended = self.act("end_sessions", email, operations::end_sessions).await?;
        let ended = ended.ok_or_else(|| NotDone::Nobody(email.into()))?;
        ended.second_is_over().await;
        Ok(of(email, &format!("is logged out, and {} ended", sessions(&ended))))
    }

    /// Gives an account a new password, which is given back, and ends what its person is logged in with.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn reset_password(&self, email: &str) -> Result<String, NotDone> {
        self.find(email).await?;
        let mut random = rand::rng();
        let password: String =
            (0..LENGTH).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect();
        let hash = PasswordHash::generate(&password);
        let reset = move |db: &mut Unit<'_>, revocations: &Revocations, user| {
            operations::reset_password(db, revocations, user, &hash)
        };
        let ended = self.act("reset_password", email, reset).await?;
        let ended = ended.ok_or_else(|| NotDone::Nobody(email.into()))?;
        ended.second_is_over().await;
        Ok(of(email, &format!("has a new password, and {} ended:\n{password}", sessions(&ended))))
    }

    /// Lets nobody log in to an account, and nothing be left of it when its time has passed.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn erase(&self, email: &str) -> Result<String, NotDone> {
        let (user, retention) = (self.find(email).await?.id, self.retention);
        let revocations = Arc::clone(&self.revocations);
        let erase = move |db: &mut Unit<'_>| operations::erase(db, &revocations, user, retention);
        let erased = self.db.unit("erase_account", erase).await?;
        let erased = erased.ok_or_else(|| NotDone::Nobody(email.into()))?;
        let purge_at = time(Some(erased.purge_at));
        Ok(of(
            email,
            &match erased.ended {
                Some(ended) => {
                    format!("is erased, and {} ended; it is purged from {purge_at} on", sessions(&ended))
                }
                None => format!("was erased before; it is purged from {purge_at} on"),
            },
        ))
    }

    /// Takes back that an account is erased, as long as all of it is there.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn restore(&self, email: &str) -> Result<String, NotDone> {
        this_second_is_over().await;
        let done = self.act("restore", email, |db, _, user| operations::restore(db, user)).await?;
        if done.is_none() {
            return Ok(of(email, "was not erased"));
        }
        Ok(of(email, &format!("is restored: {}", self.find(email).await?.state())))
    }

    /// Writes all that is known of a person.
    ///
    /// # Errors
    /// `NotDone`. What was written by then is no whole document.
    pub async fn export(&self, email: &str, out: &mut (impl AsyncWrite + Unpin)) -> Result<(), NotDone> {
        let user = self.find(email).await?.id;
        let entry = Entry::by_operator(Act::Exported, user);
        self.db.unit("begin_export", move |db| entry.insert(db.last())).await?;
        match self.export.write(&self.db, user, out).await? {
            true => Ok(()),
            false => Err(NotDone::Nobody(email.into())),
        }
    }

    /// `None`: it was so before.
    async fn act<T: Send + 'static>(
        &self,
        action: &'static str,
        email: &str,
        act: impl FnOnce(&mut Unit<'_>, &Revocations, UserId) -> Result<Outcome<T>, DbError> + Send + 'static,
    ) -> Result<Option<T>, NotDone> {
        let user = self.find(email).await?.id;
        let revocations = Arc::clone(&self.revocations);
        match self.db.unit(action, move |db| act(db, &revocations, user)).await? {
            Outcome::Done(done) => Ok(Some(done)),
            Outcome::AsItWas => Ok(None),
            Outcome::TooLate => Err(NotDone::TooLate(email.into())),
            Outcome::NoSuchUser => Err(NotDone::Nobody(email.into())),
        }
    }
}

fn of(email: &str, said: &str) -> String {
    format!("{} {said}\n", shown(email))
}

fn sessions(ended: &Ended) -> String {
    match ended.sessions() {
        1 => "1 session".into(),
        several => format!("{several} sessions"),
    }
}
