//! A data file of a test's own, and short words for what tests do with it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use oracle_client_stand_in::database::{Database, Outcome};
use oracle_client_stand_in::error::OracleError;
use oracle_client_stand_in::value::{Timestamp, Value};

/// A data file that goes with the test.
pub struct File {
    folder: PathBuf,
}

impl File {
    pub fn new() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let name = format!("stand-in-sql-{}-{}", std::process::id(), LAST.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A session of SYSTEM's.
    pub fn system(&self) -> Session {
        self.session("SYSTEM")
    }

    pub fn session(&self, user: &str) -> Session {
        Session::on(&self.path(), user)
    }

    /// An account with what an application's has, and a session of it.
    pub fn application(&self) -> Session {
        let mut system = self.system();
        system.run("CREATE USER app IDENTIFIED BY secret QUOTA UNLIMITED ON users");
        system.run("GRANT CONNECT, RESOURCE TO app");
        self.session("APP")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub struct Session {
    pub database: Database,
}

impl Session {
    pub fn on(file: &Path, user: &str) -> Self {
        Self { database: Database::open(file, user).unwrap() }
    }

    pub fn try_with(&mut self, sql: &str, binds: &[(&str, Value)]) -> Result<Outcome, OracleError> {
        let binds: Vec<(String, Value)> =
            binds.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.database.execute(&Database::prepare(sql), &binds)
    }

    pub fn with(&mut self, sql: &str, binds: &[(&str, Value)]) -> Outcome {
        self.try_with(sql, binds).unwrap_or_else(|error| panic!("{error} in {sql}"))
    }

    pub fn run(&mut self, sql: &str) -> Outcome {
        self.with(sql, &[])
    }

    pub fn error_with(&mut self, sql: &str, binds: &[(&str, Value)]) -> OracleError {
        match self.try_with(sql, binds) {
            Err(error) => error,
            Ok(outcome) => panic!("no error, but {outcome:?} in {sql}"),
        }
    }

    pub fn error(&mut self, sql: &str) -> OracleError {
        self.error_with(sql, &[])
    }

    /// The rows of a query, a line each, the values divided by `|`.
    pub fn lines_with(&mut self, sql: &str, binds: &[(&str, Value)]) -> Vec<String> {
        match self.with(sql, binds) {
            Outcome::Rows { rows, .. } => rows.iter().map(|row| shown(row)).collect(),
            other => panic!("no rows, but {other:?} in {sql}"),
        }
    }

    pub fn lines(&mut self, sql: &str) -> Vec<String> {
        self.lines_with(sql, &[])
    }

    /// The single value of a query from DUAL.
    pub fn value(&mut self, expr: &str) -> String {
        self.lines(&format!("SELECT {expr} FROM dual")).remove(0)
    }

    /// How many rows a statement changed.
    pub fn changed(&mut self, sql: &str) -> u64 {
        match self.run(sql) {
            Outcome::Changed { rows, .. } => rows,
            other => panic!("no change, but {other:?} in {sql}"),
        }
    }
}

pub fn shown(row: &[Value]) -> String {
    let values: Vec<String> = row.iter().map(show).collect();
    values.join("|")
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "NULL".into(),
        Value::Number(number) => number.clone(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
        Value::Timestamp(t) => {
            let (sign, offset) = (if t.offset < 0 { '-' } else { '+' }, t.offset.abs());
            format!(
                "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:09} {sign}{:02}:{:02}",
                t.year,
                t.month,
                t.day,
                t.hour,
                t.minute,
                t.second,
                t.nanosecond,
                offset / 60,
                offset % 60
            )
        }
    }
}

pub fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub fn number(number: i64) -> Value {
    Value::Number(number.to_string())
}

/// The fields of a time, UTC.
pub fn time(year: i16, month: u8, day: u8, hour: u8) -> Timestamp {
    Timestamp { year, month, day, hour, minute: 0, second: 0, nanosecond: 0, offset: 0 }
}
