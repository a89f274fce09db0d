use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{Db, DbError, Reader, Without, required};

/// Whether requests can be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// They can.
    Yes,
    /// The database answers, and lacks migrations.
    NotMigrated,
}

/// How long an answer stands for those who ask after it: many may, and each costs a round trip.
const GOOD_FOR: Duration = Duration::from_millis(500);

/// What was last found, and when.
#[derive(Default)]
pub struct LastLook(Option<(Instant, Result<Ready, DbError>)>);

/// What is known of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Nobody has looked yet.
    Unknown,
    /// It was not in order, or could not be seen, when last looked at.
    NotReady,
    Ready,
}

/// How long to wait before the schema is looked at again, while it is not in order.
const SCHEMA_RETRY: Duration = Duration::from_millis(500);

impl Db {
    /// Waits until somebody has looked at the schema, and no longer than until the deadline.
    ///
    /// # Errors
    /// `Away` where it is not in order.
    pub(super) async fn schema_is_ready(&self, deadline: Instant) -> Result<(), DbError> {
        let looked_at = |readiness: &Readiness| *readiness != Readiness::Unknown;
        let mut readiness = self.readiness.subscribe();
        match timeout_at(deadline, readiness.wait_for(looked_at)).await {
            Ok(Ok(readiness)) if *readiness == Readiness::Ready => Ok(()),
            // The log is told by the one who looks: see `make_ready`.
            _ => {
                self.observer.went_without(Without::Away);
                Err(DbError::Away("the schema has not been found in order yet".into()))
            }
        }
    }

    /// On Oracle: looks for the schema as soon as the database can be had, makes it if it may, and
    /// keeps trying until it is in order. The embedded engine's was made ready by `open`.
    pub async fn make_ready(self) {
        let mut told = String::new();
        while *self.readiness.borrow() != Readiness::Ready {
            let (schema, may_migrate) = (Arc::clone(&self.schema), self.may_migrate);
            let done = tokio::task::spawn_blocking(move || schema.make_ready(may_migrate)).await;
            match done.unwrap_or_else(|panic| Err(DbError::Failed(panic.to_string()))) {
                Ok(()) => drop(self.readiness.send_replace(Readiness::Ready)),
                Err(error) => {
                    let text = error.to_string();
                    if !matches!(error, DbError::Away(_)) && text != told {
                        tracing::error!("the schema is not in order: {text}");
                        told = text;
                    }
                    // Who waits is answered once the log has been told.
                    self.readiness.send_replace(Readiness::NotReady);
                    tokio::time::sleep(SCHEMA_RETRY).await;
                }
            }
        }
    }

    /// Asks the database for a sign of life: one round trip, and none within half a second of the
    /// last.
    ///
    /// # Errors
    /// `Away` or `Unavailable` when the database does not answer.
    pub async fn ready(&self) -> Result<Ready, DbError> {
        // Who comes while somebody asks waits for that answer.
        let mut last = self.last_look.lock().await;
        if let Some((when, found)) = &last.0
            && when.elapsed() < GOOD_FOR
        {
            // The log has been told.
            return found.clone().map_err(|error| DbError::Away(error.to_string()));
        }
        let found = self.look().await;
        last.0 = Some((Instant::now(), found.clone()));
        found
    }

    async fn look(&self) -> Result<Ready, DbError> {
        self.ping("ready").await?;
        match *self.readiness.borrow() {
            Readiness::Ready => Ok(Ready::Yes),
            Readiness::Unknown | Readiness::NotReady => Ok(Ready::NotMigrated),
        }
    }

    /// `OK`, from the database itself.
    ///
    /// # Errors
    /// As [`Db::read_before_schema`].
    pub async fn ping(&self, action: &'static str) -> Result<String, DbError> {
        self.read_before_schema(action, select_ok).await
    }
}

fn select_ok(db: &mut Reader<'_>) -> Result<String, DbError> {
    let answer =
        db.row("SELECT 'OK' FROM DUAL", &[], |row| Ok(required(row.text(0)?, "'OK'")?.into_owned()))?;
    required(answer, "DUAL")
}
