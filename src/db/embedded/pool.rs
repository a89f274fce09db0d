use std::path::Path;
use std::time::{Duration, Instant};

use r2d2_sqlite::SqliteConnectionManager;

use super::connection::{EmbeddedConnection, Sqlite};
use super::file::{self, flags, prepare};
use super::writer::Writer;
use crate::db::{Connections, DbError};

/// Connections that read, side by side as WAL lets them.
const READERS: u32 = 7;

/// How long a request waits for a connection, and a write for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Statements that the writer keeps parsed: more than there are.
const STATEMENTS: usize = 64;

/// The connections to the database file: some that read, and the writer's.
pub struct EmbeddedPool {
    readers: r2d2::Pool<SqliteConnectionManager>,
    writer: Writer,
}

impl EmbeddedPool {
    /// Makes connections to a file whose schema is there.
    ///
    /// # Errors
    /// When the file cannot be opened, or the writer's thread cannot be had.
    pub fn new(path: &Path) -> Result<Self, DbError> {
        let unavailable =
            |error: &dyn std::fmt::Display| DbError::Unavailable(format!("embedded engine: {error}"));
        let manager = SqliteConnectionManager::file(path)
            .with_flags(flags())
            .with_init(|connection| prepare(connection));
        let connection = file::open(path)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Its group asks again by itself.
        connection.busy_timeout(Duration::ZERO).map_err(|error| unavailable(&error))?;
        let readers = r2d2::Pool::builder()
            .max_size(READERS)
            .connection_timeout(PATIENCE)
            // The file does not go away as a server does; a broken one shows at the next statement.
            .test_on_check_out(false)
            .build(manager)
            .map_err(|error| unavailable(&error))?;
        let writer = Writer::start(EmbeddedConnection::new(Sqlite::Own(connection)));
        let writer = writer.map_err(|error| unavailable(&format!("no thread for the writer: {error}")))?;
        Ok(Self { readers, writer })
    }

    /// Lends a connection to read on.
    pub fn get(&self, deadline: Instant) -> Result<EmbeddedConnection, DbError> {
        let left = deadline.saturating_duration_since(Instant::now());
        let pooled = self
            .readers
            .get_timeout(left)
            .map_err(|error| DbError::Unavailable(format!("embedded engine: {error}")))?;
        Ok(EmbeddedConnection::new(Sqlite::Lent(pooled)))
    }

    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    pub fn connections(&self) -> Connections {
        let readers = self.readers.state();
        let idle = u32::from(!self.writer.is_at_work());
        Connections {
            open: readers.connections + 1,
            idle: readers.idle_connections + idle,
            most: READERS + 1,
        }
    }

    /// How many may read at a time.
    pub const fn readers(&self) -> u32 {
        READERS
    }

    pub const fn timeout(&self) -> Duration {
        PATIENCE
    }
}
