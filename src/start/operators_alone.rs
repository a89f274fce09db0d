use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use super::{open, whole_export};
use crate::auth::Revocations;
use crate::config::OperatorSettings;
use crate::users::Operators;
use crate::watch::Metrics;

/// Accounts without a server, on a database whose schema is not changed. To be called within a runtime of
/// Tokio's.
///
/// # Errors
/// On the embedded engine, when its file cannot serve or lacks migrations. Oracle's troubles are told in
/// the log, and to who asks for something.
pub fn operators_alone(settings: OperatorSettings) -> Result<Operators, Box<dyn Error>> {
    let OperatorSettings { mut database, account_retention, access_token_lifetime } = settings;
    database.migrate_at_start = false;
    let metrics = Metrics::new(database.engine.name())?;
    let db = open(&database, &metrics)?;
    tokio::spawn(db.clone().make_ready());
    // Nobody asks it what is revoked: it is only written.
    let revocations = Arc::new(Revocations::new(db.clone(), Duration::MAX, access_token_lifetime));
    Ok(Operators::new(db, revocations, account_retention, whole_export()))
}
