use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

/// The server's database, for what no route shows or does.
pub struct Database {
    file: PathBuf,
}

impl Database {
    pub fn embedded(folder: &Path) -> Self {
        Self { file: folder.join("persony.db") }
    }

    /// What tells the server of this database.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        vec![("EMBEDDED_DB_PATH", self.file.display().to_string())]
    }

    /// Runs a statement, and commits it.
    pub fn execute(&self, sql: &str) {
        self.connect().execute(sql, []).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// Runs statements in one transaction.
    pub fn execute_all(&self, statements: &[String]) {
        let mut connection = self.connect();
        let transaction = connection.transaction().unwrap();
        for sql in statements {
            transaction.execute(sql, []).unwrap_or_else(|error| panic!("{error}: {sql}"));
        }
        transaction.commit().unwrap();
    }

    /// An INSERT of an event, as another program would write it.
    pub fn event_row(&self, user: i64, title: &str) -> String {
        format!(
            "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) \
             VALUES ({user}, '{title}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"
        )
    }

    /// The first column of each row, as text; NULL as the empty text.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        let connection = self.connect();
        let mut query = connection.prepare(sql).unwrap();
        let texts = query.query_map([], |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
        texts.map(|value| shown(value.unwrap())).collect()
    }

    /// The first column of each row, which is a time.
    pub fn instants(&self, sql: &str) -> Vec<DateTime<Utc>> {
        let micros = |text: String| DateTime::from_timestamp_micros(text.parse().unwrap()).unwrap();
        self.texts(sql).into_iter().map(micros).collect()
    }

    pub fn connect(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(&self.file).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        connection.pragma_update(None, "foreign_keys", true).unwrap();
        let flags = rusqlite::functions::FunctionFlags::SQLITE_UTF8;
        let now = |_: &rusqlite::functions::Context<'_>| Ok(Utc::now().timestamp_micros());
        connection.create_scalar_function("CURRENT_TIMESTAMP", 0, flags, now).unwrap();
        connection
    }
}

fn shown(value: rusqlite::types::Value) -> String {
    match value {
        rusqlite::types::Value::Null => String::new(),
        rusqlite::types::Value::Integer(integer) => integer.to_string(),
        rusqlite::types::Value::Text(text) => text,
        value => panic!("{value:?}"),
    }
}
