use std::path::PathBuf;
use std::time::Duration;

use super::migrations::Plan;
use super::oracle::{self, SessionManager};
use super::{DbError, Engine, Reader, embedded};

/// The schema of the configured database: what it lacks, and how it gets it.
pub enum Schema {
    /// In an Oracle account.
    Oracle(SessionManager),
    /// In the embedded engine's file.
    Embedded(PathBuf),
}

impl Schema {
    /// The schema of this database, which is not asked for anything yet.
    pub fn of(engine: &Engine) -> Self {
        match engine {
            Engine::Oracle(config) => Self::Oracle(SessionManager::new((**config).clone())),
            Engine::Embedded(path) => Self::Embedded(path.clone()),
        }
    }

    /// What the database lacks.
    ///
    /// # Errors
    /// When the database cannot be had, holds other tables under the schema's names or has lost
    /// its own, or was migrated by a newer version that does not let this one work, or by another
    /// build with other texts.
    pub fn plan(&self) -> Result<Plan, DbError> {
        match self {
            Self::Oracle(manager) => oracle::migrate::plan(manager),
            Self::Embedded(path) => embedded::migrate::plan(path),
        }
    }

    /// As [`Schema::plan`], seen by a connection of the pool.
    pub(super) fn look(&self, database: &mut Reader<'_>) -> Result<Plan, DbError> {
        match self {
            Self::Oracle(manager) => oracle::migrate::look(manager, database),
            Self::Embedded(path) => embedded::migrate::plan(path),
        }
    }

    /// What somebody should know of the database, as far as it has been looked at.
    pub fn cautions(&self) -> Vec<String> {
        match self {
            Self::Oracle(manager) => manager.cautions().list(),
            Self::Embedded(_) => Vec::new(),
        }
    }

    /// Applies what is lacking, and gives what was run. Another instance that migrates is waited
    /// for as long as `patience`, and without one for as long as it takes. (On the embedded engine:
    /// as any writer is waited for.)
    ///
    /// # Errors
    /// As [`Schema::plan`], when a statement is refused, and when patience is at an end. What was
    /// done on Oracle until then stays, and the next try goes on from there.
    pub fn migrate(&self, patience: Option<Duration>) -> Result<Plan, DbError> {
        match self {
            Self::Oracle(manager) => oracle::migrate::apply(manager, patience),
            Self::Embedded(path) => embedded::migrate::apply(&mut embedded::open(path)?),
        }
    }

    /// Applies what is lacking where the server may; else finds that something is. Tells the log.
    ///
    /// # Errors
    /// As [`Schema::migrate`]; `Failed`, with the advice to run `persony migrate`.
    pub fn make_ready(&self, may_migrate: bool) -> Result<(), DbError> {
        let plan = match may_migrate {
            true => self.migrate(None)?,
            false => nothing_lacks(self.plan()?)?,
        };
        tell(&plan);
        Ok(())
    }
}

/// The plan, if it is empty.
///
/// # Errors
/// `Failed`, with the advice to run `persony migrate`.
pub fn nothing_lacks(plan: Plan) -> Result<Plan, DbError> {
    match plan.steps {
        0 => Ok(plan),
        lacking => Err(DbError::Failed(format!(
            "the database lacks {lacking} steps of its schema, and MIGRATE_AT_START is false: run persony migrate"
        ))),
    }
}

/// Tells the log what was run, and what a newer program has left.
pub fn tell(plan: &Plan) {
    if plan.steps > 0 {
        tracing::info!("the schema was brought to migration {} in {} steps", plan.last, plan.steps);
    }
    if let Some(newer) = &plan.newer {
        tracing::info!("{newer}");
    }
}
