use std::collections::BTreeSet;
use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use oracle_client_stand_in::StandIn;
use oracle_client_stand_in::database::{self, Outcome};
use oracle_client_stand_in::value::Value;

use super::Database;

const USER: &str = "PERSONY_APP";
const PASSWORD: &str = "a-test-password";

/// An account of the stand-in for the Oracle Client, in a data folder of its own.
pub struct StandInOracle {
    pub client: StandIn,
    file: PathBuf,
}

impl StandInOracle {
    pub fn new(folder: &Path) -> Self {
        let client = StandIn::new(folder.join("oracle"));
        let file = client.folder().join("XEPDB1.sqlite");
        let oracle = Self { client, file };
        if !oracle.file.exists() {
            let user = format!("CREATE USER {USER} IDENTIFIED BY \"{PASSWORD}\" QUOTA UNLIMITED ON USERS");
            oracle.run("SYSTEM", &user);
            oracle.run("SYSTEM", &format!("GRANT CREATE SESSION, CREATE TABLE, CREATE SEQUENCE TO {USER}"));
        }
        oracle
    }

    /// A session of another program's, with a transaction of its own.
    pub fn session(&self) -> database::Database {
        database::Database::open(&self.file, USER).unwrap()
    }

    fn run(&self, user: &str, sql: &str) -> Outcome {
        let mut session = database::Database::open(&self.file, user).unwrap();
        let outcome = session.execute(&database::Database::prepare(sql), &[]);
        session.commit().unwrap();
        outcome.unwrap_or_else(|error| panic!("{}: {sql}", error.message))
    }

    fn first_column(&self, sql: &str) -> Vec<Value> {
        match self.run(USER, sql) {
            Outcome::Rows { rows, .. } => rows.into_iter().map(|mut row| row.remove(0)).collect(),
            outcome => panic!("no rows: {outcome:?}"),
        }
    }
}

/// Keeps the statements that servers sent, for a look by somebody else's parser: one on each line of
/// the file that PERSONY_TEST_STATEMENTS names.
impl Drop for StandInOracle {
    fn drop(&mut self) {
        let Some(file) = env::var_os("PERSONY_TEST_STATEMENTS") else { return };
        let trips = self.client.trips().into_iter().map(|trip| trip.statement);
        let statements: BTreeSet<_> = trips.filter(|statement| !statement.is_empty()).collect();
        let lines: String = statements.iter().map(|statement| format!("{statement}\n")).collect();
        let mut file = OpenOptions::new().create(true).append(true).open(file).unwrap();
        file.write_all(lines.as_bytes()).unwrap();
    }
}

impl Database for StandInOracle {
    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("ORACLE_USER", USER.into()),
            ("ORACLE_PASSWORD", PASSWORD.into()),
            ("ORACLE_DSN", "localhost:1521/XEPDB1".into()),
            ("ORACLE_CLIENT_LIB_DIR", StandIn::library_dir().display().to_string()),
            (StandIn::VARIABLE, self.client.folder().display().to_string()),
        ]
    }

    fn stand_in(&self) -> Option<StandIn> {
        Some(self.client.clone())
    }

    fn execute_all(&self, statements: &[String]) {
        let mut session = self.session();
        for sql in statements {
            let outcome = session.execute(&database::Database::prepare(sql), &[]);
            outcome.unwrap_or_else(|error| panic!("{}: {sql}", error.message));
        }
        session.commit().unwrap();
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        let shown = |value| match value {
            Value::Null => String::new(),
            Value::Number(text) | Value::Text(text) => text,
            value => panic!("{value:?}"),
        };
        self.first_column(sql).into_iter().map(shown).collect()
    }

    fn instants(&self, sql: &str) -> Vec<DateTime<Utc>> {
        let instant = |value| match value {
            Value::Timestamp(time) => {
                let date =
                    NaiveDate::from_ymd_opt(time.year.into(), time.month.into(), time.day.into()).unwrap();
                let (hour, minute, second) = (time.hour.into(), time.minute.into(), time.second.into());
                let local = date.and_hms_nano_opt(hour, minute, second, time.nanosecond).unwrap();
                let offset = FixedOffset::east_opt(i32::from(time.offset) * 60).unwrap();
                offset.from_local_datetime(&local).unwrap().to_utc()
            }
            value => panic!("{value:?}"),
        };
        self.first_column(sql).into_iter().map(instant).collect()
    }
}
