use std::time::Duration;

use tokio::time::Instant;

use super::{Connection, Db, DbError, Readiness, required};

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

impl Db {
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
    /// As [`Db::run_before_schema`].
    pub async fn ping(&self, action: &'static str) -> Result<String, DbError> {
        self.run_before_schema(action, select_ok).await
    }
}

fn select_ok(db: &mut Connection<'_>) -> Result<String, DbError> {
    let answer =
        db.row("SELECT 'OK' FROM DUAL", &[], |row| Ok(required(row.text(0)?, "'OK'")?.into_owned()))?;
    required(answer, "DUAL")
}
