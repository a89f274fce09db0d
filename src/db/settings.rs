//! Which database keeps the data, and how it is treated.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::settings::{ConfigError, Secret, Table, at_least_one, number, secret, truth};

/// The keys of the table that are the database's.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// The database account.
    oracle_user: Option<String>,
    /// Its password.
    oracle_password: Option<Secret>,
    /// A file that holds it.
    oracle_password_file: Option<PathBuf>,
    /// `host:1521/XEPDB1`, a TNS alias or `tcps://…`. When it is set, Oracle is the engine.
    oracle_dsn: Option<String>,
    /// Sessions kept open in the pool.
    #[serde(deserialize_with = "number")]
    oracle_min_conn: u32,
    /// Sessions open at most.
    #[serde(deserialize_with = "number")]
    oracle_max_conn: u32,
    /// How long a request waits for a session, in seconds.
    #[serde(deserialize_with = "number")]
    oracle_pool_timeout: u64,
    /// How long one call to the database may take, in seconds; 0: as long as it takes.
    #[serde(deserialize_with = "number")]
    oracle_call_timeout: u64,
    /// Statements that each session keeps parsed.
    #[serde(deserialize_with = "number")]
    oracle_statement_cache_size: u32,
    /// What the sessions are called in V$SESSION.MODULE.
    oracle_module: String,
    /// Folder of tnsnames.ora, sqlnet.ora and the wallet (TNS_ADMIN).
    oracle_config_dir: Option<PathBuf>,
    /// Folder of the Oracle Client libraries.
    oracle_client_lib_dir: Option<PathBuf>,
    /// File of the embedded engine.
    embedded_db_path: PathBuf,
    /// Whether the server makes its schema when it starts; else `persony migrate` does.
    #[serde(deserialize_with = "truth")]
    migrate_at_start: bool,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            oracle_user: None,
            oracle_password: None,
            oracle_password_file: None,
            oracle_dsn: None,
            oracle_min_conn: 1,
            oracle_max_conn: 5,
            oracle_pool_timeout: 5,
            oracle_call_timeout: 10,
            oracle_statement_cache_size: 20,
            oracle_module: "persony".into(),
            oracle_config_dir: None,
            oracle_client_lib_dir: None,
            embedded_db_path: PathBuf::from("persony.db"),
            migrate_at_start: true,
        }
    }
}

/// The database's settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which database keeps the data.
    pub engine: Engine,
    /// Whether the server makes its schema when it starts.
    pub migrate_at_start: bool,
}

/// The database behind the server.
#[derive(Debug, Clone)]
pub enum Engine {
    /// An Oracle database.
    Oracle(Box<OracleSettings>),
    /// SQLite in a file of this machine.
    Embedded(PathBuf),
}

/// How to reach an Oracle database, and how to treat it.
#[derive(Debug, Clone)]
pub struct OracleSettings {
    /// The database account.
    pub user: String,
    /// Its password.
    pub password: Secret,
    /// The connect string, as Oracle Net takes it.
    pub dsn: String,
    /// Sessions kept open.
    pub min_connections: u32,
    /// Sessions open at most.
    pub max_connections: u32,
    /// How long a request waits for a session.
    pub pool_timeout: Duration,
    /// How long one call may take; `None`: as long as it takes.
    pub call_timeout: Option<Duration>,
    /// Statements that each session keeps parsed.
    pub statement_cache_size: u32,
    /// V$SESSION.MODULE.
    pub module: String,
    /// TNS_ADMIN.
    pub config_dir: Option<PathBuf>,
    /// Folder of the Oracle Client libraries.
    pub client_lib_dir: Option<PathBuf>,
}

impl Settings {
    /// Reads and checks the database's part of the table.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse, a half-set Oracle
    /// account, or a password's file that cannot be read.
    pub fn read(table: &Table) -> Result<Self, ConfigError> {
        let keys: Keys = table.part()?;
        let migrate_at_start = keys.migrate_at_start;
        Ok(Self { engine: engine(keys)?, migrate_at_start })
    }
}

/// What it is, and where.
impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Oracle(oracle) => write!(formatter, "Oracle, {}", oracle.dsn),
            Self::Embedded(path) => write!(formatter, "the embedded engine, {}", path.display()),
        }
    }
}

impl Engine {
    /// In one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Oracle(_) => "oracle",
            Self::Embedded(_) => "embedded",
        }
    }
}

/// Oracle as soon as any of its three variables is set: then all three must be.
fn engine(keys: Keys) -> Result<Engine, ConfigError> {
    let password = secret("ORACLE_PASSWORD", keys.oracle_password, keys.oracle_password_file.as_deref())?;
    let (user, password, dsn) = match (keys.oracle_user, password, keys.oracle_dsn) {
        (Some(user), Some(password), Some(dsn)) => (user, password, dsn),
        (None, None, None) => return embedded(keys.embedded_db_path),
        (user, password, dsn) => {
            let missing = [
                ("ORACLE_USER", user.is_none()),
                ("ORACLE_PASSWORD", password.is_none()),
                ("ORACLE_DSN", dsn.is_none()),
            ]
            .into_iter()
            .filter_map(|(name, missing)| missing.then_some(name))
            .collect::<Vec<_>>()
            .join(" and ");
            return Err(ConfigError(format!(
                "{missing}: not set, though other settings of the Oracle account are. Set ORACLE_USER, \
                 ORACLE_PASSWORD and ORACLE_DSN for an Oracle database, or none of them for the embedded engine."
            )));
        }
    };
    at_least_one("ORACLE_MAX_CONN", keys.oracle_max_conn.into())?;
    at_least_one("ORACLE_POOL_TIMEOUT", keys.oracle_pool_timeout)?;
    if keys.oracle_min_conn > keys.oracle_max_conn {
        return Err(ConfigError(format!(
            "ORACLE_MIN_CONN: {} is more than ORACLE_MAX_CONN, {}",
            keys.oracle_min_conn, keys.oracle_max_conn
        )));
    }
    Ok(Engine::Oracle(Box::new(OracleSettings {
        user,
        password,
        dsn,
        min_connections: keys.oracle_min_conn,
        max_connections: keys.oracle_max_conn,
        pool_timeout: Duration::from_secs(keys.oracle_pool_timeout),
        call_timeout: Some(keys.oracle_call_timeout).filter(|s| *s > 0).map(Duration::from_secs),
        statement_cache_size: keys.oracle_statement_cache_size,
        module: keys.oracle_module,
        config_dir: keys.oracle_config_dir,
        client_lib_dir: keys.oracle_client_lib_dir,
    })))
}

fn embedded(path: PathBuf) -> Result<Engine, ConfigError> {
    // SQLite's own name for a database that ends with its connection: a pool has several.
    if path.as_os_str() == ":memory:" {
        return Err(ConfigError("EMBEDDED_DB_PATH: must be a file; :memory: keeps nothing".into()));
    }
    Ok(Engine::Embedded(path))
}
