//! The server's database, for what no route shows or does.

mod embedded;
mod oracle;
mod stand_in;

use std::path::Path;

use chrono::{DateTime, Utc};
use oracle_client_stand_in::StandIn;

pub use embedded::Embedded;
pub use oracle::RealOracle;
pub use stand_in::StandInOracle;

use super::Engine;

/// A database of a test's own.
pub trait Database: Send + Sync {
    /// What tells the server of it.
    fn variables(&self) -> Vec<(&'static str, String)>;

    /// Runs statements in one transaction.
    fn execute_all(&self, statements: &[String]);

    /// The first column of each row, as text; NULL as the empty text.
    fn texts(&self, sql: &str) -> Vec<String>;

    /// The first column of each row, which is a time.
    fn instants(&self, sql: &str) -> Vec<DateTime<Utc>>;

    /// The stand-in for the Oracle Client, where the database is over one: to steer it, or to see the
    /// round trips.
    #[allow(dead_code)] // Not every target has one.
    fn stand_in(&self) -> Option<StandIn> {
        None
    }

    /// The SQL of a time so many seconds ago.
    fn seconds_ago(&self, seconds: u64) -> String {
        format!("CURRENT_TIMESTAMP - NUMTODSINTERVAL({seconds}, 'SECOND')")
    }

    /// The SQL of a time, to the second.
    fn time(&self, instant: DateTime<Utc>) -> String {
        instant.format("TIMESTAMP '%Y-%m-%d %H:%M:%S +00:00'").to_string()
    }

    /// Runs a statement, and commits it.
    fn execute(&self, sql: &str) {
        self.execute_all(&[sql.to_owned()]);
    }
}

/// An INSERT of an event, as another program would write it.
pub fn event_row(user: i64, title: &str) -> String {
    format!(
        "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) \
         VALUES ({user}, '{title}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"
    )
}

/// A new database of this engine, without tables.
pub fn new(engine: Engine, folder: &Path) -> Box<dyn Database> {
    match engine {
        Engine::Embedded => Box::new(Embedded::new(folder)),
        Engine::Oracle => match RealOracle::configured() {
            Some(real) => Box::new(real),
            None => Box::new(StandInOracle::new(folder)),
        },
    }
}
