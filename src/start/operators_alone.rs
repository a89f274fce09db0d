use std::error::Error;

use super::open;
use crate::db;
use crate::users::Operators;
use crate::watch::Metrics;

/// Accounts without a server, on a database whose schema is not changed. To be called within a runtime of
/// Tokio's.
///
/// # Errors
/// On the embedded engine, when its file cannot serve or lacks migrations. Oracle's troubles are told in
/// the log, and to who asks for something.
pub fn operators_alone(mut database: db::Settings) -> Result<Operators, Box<dyn Error>> {
    database.migrate_at_start = false;
    let metrics = Metrics::new(database.engine.name())?;
    let db = open(&database, &metrics)?;
    tokio::spawn(db.clone().make_ready());
    Ok(Operators::new(db))
}
