use std::path::PathBuf;

use super::migrations::Step;
use super::oracle::{self, SessionManager};
use super::{DbError, Engine, embedded};

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

    /// The steps that the database lacks, in order.
    ///
    /// # Errors
    /// When the database cannot be had, holds other tables under the schema's names, or was
    /// migrated by a newer version.
    pub fn pending(&self) -> Result<Vec<Step>, DbError> {
        match self {
            Self::Oracle(manager) => oracle::migrate::pending(manager),
            Self::Embedded(path) => embedded::migrate::pending(path),
        }
    }

    /// What somebody should know of the database, as far as it has been looked at.
    pub fn cautions(&self) -> Vec<String> {
        match self {
            Self::Oracle(manager) => manager.cautions().list(),
            Self::Embedded(_) => Vec::new(),
        }
    }

    /// Applies what is pending, and gives the steps that were taken.
    ///
    /// # Errors
    /// As [`Schema::pending`], and when a statement is refused.
    pub fn migrate(&self) -> Result<Vec<Step>, DbError> {
        match self {
            Self::Oracle(manager) => oracle::migrate::apply(manager),
            Self::Embedded(path) => embedded::migrate::apply(&mut embedded::open(path)?),
        }
    }

    /// Applies what is pending where the server may; else finds that something is.
    ///
    /// # Errors
    /// As [`Schema::migrate`]; `Failed`, with the advice to run `persony migrate`.
    pub fn make_ready(&self, may_migrate: bool) -> Result<(), DbError> {
        if may_migrate {
            let steps = self.migrate()?;
            if let Some(last) = steps.last() {
                tracing::info!(
                    "the schema was brought to migration {} in {} steps",
                    last.migration,
                    steps.len()
                );
            }
            return Ok(());
        }
        match self.pending()?.len() {
            0 => Ok(()),
            lacking => Err(DbError::Failed(format!(
                "the database lacks {lacking} steps of its schema, and MIGRATE_AT_START is false: run persony migrate"
            ))),
        }
    }
}
