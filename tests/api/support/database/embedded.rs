use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value;

use super::Database;

/// The embedded engine's file.
pub struct Embedded {
    file: PathBuf,
}

impl Embedded {
    pub fn new(folder: &Path) -> Self {
        Self { file: folder.join("persony.db") }
    }

    /// A connection with the server's clock, in whose unit tests write times.
    pub fn connect(&self) -> Connection {
        let connection = Connection::open(&self.file).unwrap();
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        connection.pragma_update(None, "foreign_keys", true).unwrap();
        let now = |_: &Context<'_>| Ok(Utc::now().timestamp_micros());
        connection.create_scalar_function("CURRENT_TIMESTAMP", 0, FunctionFlags::SQLITE_UTF8, now).unwrap();
        connection
    }

    fn first_column(&self, sql: &str) -> Vec<Value> {
        let connection = self.connect();
        let mut query = connection.prepare(sql).unwrap();
        let values = query.query_map([], |row| row.get(0)).unwrap();
        values.collect::<Result<_, _>>().unwrap()
    }
}

impl Database for Embedded {
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![("EMBEDDED_DB_PATH", self.file.display().to_string())]
    }

    fn execute_all(&self, statements: &[String]) {
        let mut connection = self.connect();
        let transaction = connection.transaction().unwrap();
        for sql in statements {
            transaction.execute(sql, []).unwrap_or_else(|error| panic!("{error}: {sql}"));
        }
        transaction.commit().unwrap();
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        let shown = |value| match value {
            Value::Null => String::new(),
            Value::Integer(integer) => integer.to_string(),
            Value::Text(text) => text,
            value => panic!("{value:?}"),
        };
        self.first_column(sql).into_iter().map(shown).collect()
    }

    fn instants(&self, sql: &str) -> Vec<DateTime<Utc>> {
        let instant = |value| match value {
            Value::Integer(micros) => DateTime::from_timestamp_micros(micros).unwrap(),
            value => panic!("{value:?}"),
        };
        self.first_column(sql).into_iter().map(instant).collect()
    }

    fn seconds_ago(&self, seconds: u64) -> String {
        format!("CURRENT_TIMESTAMP - {seconds} * 1000000")
    }

    fn time(&self, instant: DateTime<Utc>) -> String {
        instant.timestamp_micros().to_string()
    }
}
