use std::error::Error;
use std::sync::Arc;

use super::{all_jobs, open};
use crate::jobs::{Runner, Settings};
use crate::watch::Metrics;
use crate::{audit, db};

/// The jobs without a server, on a database whose schema is not changed. To be called within a
/// runtime of Tokio's.
///
/// # Errors
/// On the embedded engine, when its file cannot serve or lacks migrations. Oracle's troubles are told
/// in the log, and to who asks for something.
pub fn jobs_alone(mut database: db::Settings, audit: audit::Settings) -> Result<Runner, Box<dyn Error>> {
    database.migrate_at_start = false;
    let metrics = Metrics::new(database.engine.name())?;
    let db = open(&database, &metrics)?;
    tokio::spawn(db.clone().make_ready());
    Ok(Runner::new(db, all_jobs(audit), Settings::ASKED, Arc::clone(&metrics.jobs)))
}
