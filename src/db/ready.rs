mod told;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::migrations::Pause;
use super::schema::{nothing_lacks, tell};
use super::{Db, DbError, Observer, Reader, Without, Work, required};
use told::Told;

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

/// Between looks at a schema that is not in order: at first, and at most.
const LOOKS: Pause = Pause::new(Duration::from_millis(500), Duration::from_secs(30));

/// Between looks while the database cannot be had, which the log is told of by others. They open no
/// session: the gate spaces what does.
const AWAY: Duration = Duration::from_millis(500);

/// Looks at the schema are nobody's work, and are not counted as such.
struct Nobody;

impl Observer for Nobody {
    fn waiting(&self, _: i64) {}
    fn lent(&self, _: Duration) {}
    fn went_without(&self, _: Without) {}
    fn worked(&self, _: Work) {}
}

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
        let looking = Self { observer: Arc::new(Nobody), ..self.clone() };
        let (mut told, mut looks) = (Told::default(), LOOKS);
        while *self.readiness.borrow() != Readiness::Ready {
            let mut attempt = Box::pin(looking.make_schema());
            let done = match timeout(self.limits.wait, &mut attempt).await {
                Ok(done) => done,
                // Something takes long, or is never answered: nobody else waits for it.
                Err(_) => {
                    self.readiness.send_replace(Readiness::NotReady);
                    attempt.await
                }
            };
            let error = match done {
                Ok(()) => {
                    self.readiness.send_replace(Readiness::Ready);
                    return;
                }
                Err(error) => error,
            };
            if told.is_news(&error, Instant::now().into_std()) {
                tracing::error!("the schema is not in order: {error}");
            }
            // Who waits is answered once the log has been told.
            self.readiness.send_replace(Readiness::NotReady);
            sleep(match error {
                DbError::Away(_) | DbError::Unavailable(_) => {
                    looks.reset();
                    AWAY
                }
                _ => looks.next(),
            })
            .await;
        }
    }

    /// A look by a session of the pool, which costs no logon; sessions of its own only to migrate.
    ///
    /// # Errors
    /// `Away` or `Unavailable` when the database could not be looked at; `Failed` where that can go on
    /// for ever, also where a session died of a migration.
    async fn make_schema(&self) -> Result<(), DbError> {
        let schema = Arc::clone(&self.schema);
        let mut plan = self.read_before_schema("look_at_schema", move |db| schema.look(db)).await?;
        if plan.steps > 0 && self.may_migrate {
            let schema = Arc::clone(&self.schema);
            let done = spawn_blocking(move || schema.migrate(None)).await;
            plan = match done.unwrap_or_else(|panic| Err(DbError::Failed(panic.to_string()))) {
                Err(DbError::Unavailable(text)) => return Err(DbError::Failed(text)),
                done => done?,
            };
        } else {
            plan = nothing_lacks(plan)?;
        }
        tell(&plan);
        Ok(())
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
