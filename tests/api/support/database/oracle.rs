use std::env;

use chrono::{DateTime, FixedOffset, Utc};
use oracle::{Connection, InitParams};

use super::Database;

const PASSWORD: &str = "A_test_passw0rd";

/// A user of a real Oracle database, made for one test and dropped after it.
pub struct RealOracle {
    dsn: String,
    admin: (String, String),
    user: String,
}

impl RealOracle {
    /// The database of the variables PERSONY_TEST_ORACLE_DSN, _USER and _PASSWORD, if they are
    /// set. The account must be one that may create users, such as SYSTEM.
    pub fn configured() -> Option<Self> {
        let dsn = env::var("PERSONY_TEST_ORACLE_DSN").ok().filter(|dsn| !dsn.is_empty())?;
        let variable = |name| env::var(name).unwrap_or_else(|_| panic!("{name} must be set with the DSN"));
        let admin = (variable("PERSONY_TEST_ORACLE_USER"), variable("PERSONY_TEST_ORACLE_PASSWORD"));
        let user = format!("PERSONY_T{:016X}", rand::random::<u64>());
        let oracle = Self { dsn, admin, user };
        oracle.administer(&format!(
            "CREATE USER {} IDENTIFIED BY \"{PASSWORD}\" DEFAULT TABLESPACE USERS QUOTA UNLIMITED ON USERS",
            oracle.user
        ));
        oracle.administer(&format!("GRANT CREATE SESSION, CREATE TABLE, CREATE SEQUENCE TO {}", oracle.user));
        Some(oracle)
    }

    fn connect(&self, user: &str, password: &str) -> Connection {
        if let Some(folder) = client_folder() {
            InitParams::new().oracle_client_lib_dir(folder).unwrap().init().unwrap();
        }
        Connection::connect(user, password, &self.dsn).unwrap()
    }

    fn administer(&self, sql: &str) {
        let (user, password) = &self.admin;
        self.connect(user, password).execute(sql, &[]).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    fn session(&self) -> Connection {
        self.connect(&self.user, PASSWORD)
    }
}

fn client_folder() -> Option<String> {
    env::var("PERSONY_TEST_ORACLE_CLIENT_LIB_DIR").ok().filter(|folder| !folder.is_empty())
}

impl Drop for RealOracle {
    /// The server has been stopped by then; its sessions can take a moment to end.
    fn drop(&mut self) {
        let (user, password) = &self.admin;
        let sql = format!("DROP USER {} CASCADE", self.user);
        let connection = self.connect(user, password);
        if !(0..50).any(|_| connection.execute(&sql, &[]).is_ok()) {
            eprintln!("{} is left behind in the database", self.user);
        }
    }
}

impl Database for RealOracle {
    fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("ORACLE_USER", self.user.clone()),
            ("ORACLE_PASSWORD", PASSWORD.into()),
            ("ORACLE_DSN", self.dsn.clone()),
        ];
        variables.extend(client_folder().map(|folder| ("ORACLE_CLIENT_LIB_DIR", folder)));
        variables
    }

    fn execute_all(&self, statements: &[String]) {
        let connection = self.session();
        for sql in statements {
            connection.execute(sql, &[]).unwrap_or_else(|error| panic!("{error}: {sql}"));
        }
        connection.commit().unwrap();
    }

    fn texts(&self, sql: &str) -> Vec<String> {
        let connection = self.session();
        let rows = connection.query_as::<Option<String>>(sql, &[]).unwrap();
        rows.map(|text| text.unwrap().unwrap_or_default()).collect()
    }

    fn instants(&self, sql: &str) -> Vec<DateTime<Utc>> {
        let connection = self.session();
        let rows = connection.query_as::<DateTime<FixedOffset>>(sql, &[]).unwrap();
        rows.map(|instant| instant.unwrap().to_utc()).collect()
    }
}
