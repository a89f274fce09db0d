//! The one typed configuration: built-in defaults, then `Rocket.toml`, then `.env`, then the
//! environment, read by figment.

mod cautions;
mod limits;
mod log_format;
mod secret;
mod secret_file;
mod settings;
mod signing_key;
mod variables;

use std::path::PathBuf;
use std::time::Duration;

use figment::providers::{Env, Format, Toml};
use figment::{Figment, Profile};
use thiserror::Error;

pub use limits::{AccountLimit, Limits};
pub use log_format::LogFormat;
pub use secret::Secret;
use secret_file::secret;
pub use settings::Settings;
pub use signing_key::SigningKey;
use variables::Variables;

/// What is wrong with the configuration, for the person who starts the server.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// Everything that Persony can be told, checked.
#[derive(Debug)]
pub struct Config {
    /// Which database keeps the data.
    pub engine: Engine,
    /// Whether the server makes its schema when it starts.
    pub migrate_at_start: bool,
    /// The key that signs access tokens.
    pub signing_key: SigningKey,
    /// Keys that signed before it, whose tokens are still accepted.
    pub previous_keys: Vec<SigningKey>,
    /// How long an access token is good for.
    pub access_token_lifetime: Duration,
    /// Who may call the API from a browser's page of another origin.
    pub cors: CorsOrigins,
    /// The shortest password that can be registered, in characters.
    pub password_min_length: usize,
    /// What logins and registrations are limited to; `None`: to nothing.
    pub limits: Option<Limits>,
    /// The header in which a proxy names the client; `None`: no header is believed.
    pub client_ip_header: Option<String>,
}

/// The database behind the server.
#[derive(Debug, Clone)]
pub enum Engine {
    /// An Oracle database.
    Oracle(Box<OracleConfig>),
    /// SQLite in a file of this machine.
    Embedded(PathBuf),
}

/// How to reach an Oracle database, and how to treat it.
#[derive(Debug, Clone)]
pub struct OracleConfig {
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

/// Which origins browsers may call `/api/*` from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorsOrigins {
    /// `*`.
    Any,
    /// Any port of this machine, for work on a web page.
    Localhost,
    /// These, as browsers spell them: `https://calendar.example.com`.
    Listed(Vec<String>),
}

/// The sources in the order in which the later overrides the earlier.
pub fn figment() -> Figment {
    let toml = Env::var_or("ROCKET_CONFIG", "Rocket.toml");
    Figment::from(rocket::Config::default())
        .merge(("address", "127.0.0.1"))
        .merge(("port", 5000))
        // Rocket's release profile tells of errors alone, not even that it listens.
        .merge(("log_level", "normal"))
        // Together within the ten seconds that Docker waits before it kills.
        .merge(("shutdown.grace", 6))
        .merge(("shutdown.mercy", 1))
        // Rocket's believes X-Real-IP, whoever sends it. See CLIENT_IP_HEADER.
        .merge(("ip_header", false))
        .merge(Toml::file(toml).nested())
        .merge(Variables::dotenv())
        .merge(Variables::environment())
        .select(Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE))
}

/// Rocket's part of the configuration.
///
/// # Errors
/// A `ConfigError` that names the key which does not parse.
pub fn rocket_config(figment: &Figment) -> Result<rocket::Config, ConfigError> {
    figment.extract().map_err(|error| describe(&error))
}

impl Config {
    /// Reads and checks Persony's table.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for an unknown key, a value that does not parse, a
    /// half-set Oracle account, a secret's file that cannot be read, or a signing key that is
    /// missing or not worth the name.
    pub fn load(figment: &Figment) -> Result<Self, ConfigError> {
        Self::read(figment, SigningKey::load)
    }

    /// As [`Config::load`], and makes no signing key. Gives the engine, and whether the server may
    /// migrate it.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn check(figment: &Figment) -> Result<(Engine, bool), ConfigError> {
        Self::read(figment, SigningKey::check).map(|config| (config.engine, config.migrate_at_start))
    }

    fn read(
        figment: &Figment,
        signing_key: impl FnOnce(Option<Secret>, &Engine) -> Result<SigningKey, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let settings = settings(figment)?;
        let debug = figment.profile() == rocket::Config::DEBUG_PROFILE;
        let cors = cors_origins(settings.cors_origins.as_deref(), debug)?;
        at_least_one("JWT_ACCESS_TOKEN_EXPIRES", settings.jwt_access_token_expires)?;
        at_least_one("PASSWORD_MIN_LENGTH", settings.password_min_length as u64)?;
        let limits = Limits::of(&settings)?;
        let client_ip_header = limits::client_ip_header(settings.client_ip_header.as_deref())?;
        let migrate_at_start = settings.migrate_at_start;
        let access_token_lifetime = Duration::from_secs(settings.jwt_access_token_expires);
        let password_min_length = settings.password_min_length;
        let key = secret(
            "JWT_SECRET_KEY",
            settings.jwt_secret_key.clone(),
            settings.jwt_secret_key_file.as_deref(),
        )?;
        let previous_keys = SigningKey::previous(
            settings.jwt_previous_secret_keys.clone(),
            settings.jwt_previous_secret_keys_file.as_deref(),
        )?;
        let engine = engine(settings)?;
        let signing_key = signing_key(key, &engine)?;
        Ok(Self {
            engine,
            migrate_at_start,
            signing_key,
            previous_keys,
            access_token_lifetime,
            cors,
            password_min_length,
            limits,
            client_ip_header,
        })
    }
}

/// What it is, and where.
impl std::fmt::Display for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

    /// Reads no more than which database is meant, for work that needs no signing key.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn load(figment: &Figment) -> Result<Self, ConfigError> {
        engine(settings(figment)?)
    }
}

fn settings(figment: &Figment) -> Result<Settings, ConfigError> {
    let with_table = figment.clone().join(("persony", figment::value::Dict::new()));
    with_table.extract_inner("persony").map_err(|error| describe(&error))
}

/// Oracle as soon as any of its three variables is set: then all three must be.
fn engine(settings: Settings) -> Result<Engine, ConfigError> {
    let password =
        secret("ORACLE_PASSWORD", settings.oracle_password, settings.oracle_password_file.as_deref())?;
    let (user, password, dsn) = match (settings.oracle_user, password, settings.oracle_dsn) {
        (Some(user), Some(password), Some(dsn)) => (user, password, dsn),
        (None, None, None) => return embedded(settings.embedded_db_path),
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
    at_least_one("ORACLE_MAX_CONN", settings.oracle_max_conn.into())?;
    at_least_one("ORACLE_POOL_TIMEOUT", settings.oracle_pool_timeout)?;
    if settings.oracle_min_conn > settings.oracle_max_conn {
        return Err(ConfigError(format!(
            "ORACLE_MIN_CONN: {} is more than ORACLE_MAX_CONN, {}",
            settings.oracle_min_conn, settings.oracle_max_conn
        )));
    }
    Ok(Engine::Oracle(Box::new(OracleConfig {
        user,
        password,
        dsn,
        min_connections: settings.oracle_min_conn,
        max_connections: settings.oracle_max_conn,
        pool_timeout: Duration::from_secs(settings.oracle_pool_timeout),
        call_timeout: Some(settings.oracle_call_timeout).filter(|s| *s > 0).map(Duration::from_secs),
        statement_cache_size: settings.oracle_statement_cache_size,
        module: settings.oracle_module,
        config_dir: settings.oracle_config_dir,
        client_lib_dir: settings.oracle_client_lib_dir,
    })))
}

fn embedded(path: PathBuf) -> Result<Engine, ConfigError> {
    // SQLite's own name for a database that ends with its connection: a pool has several.
    if path.as_os_str() == ":memory:" {
        return Err(ConfigError("EMBEDDED_DB_PATH: must be a file; :memory: keeps nothing".into()));
    }
    Ok(Engine::Embedded(path))
}

fn cors_origins(setting: Option<&str>, debug: bool) -> Result<CorsOrigins, ConfigError> {
    let Some(list) = setting else {
        return Ok(if debug { CorsOrigins::Localhost } else { CorsOrigins::Listed(Vec::new()) });
    };
    let origins: Vec<&str> = list.split(',').map(str::trim).filter(|origin| !origin.is_empty()).collect();
    if origins == ["*"] {
        return Ok(CorsOrigins::Any);
    }
    let origins = origins
        .into_iter()
        .map(|origin| {
            rocket::http::uri::Absolute::parse(origin)
                .ok()
                .filter(|uri| uri.authority().is_some() && uri.path() == "" && uri.query().is_none())
                .map(|_| origin.to_ascii_lowercase())
                .ok_or_else(|| {
                    ConfigError(format!(
                        "CORS_ORIGINS: {origin:?} is not an origin such as https://calendar.example.com"
                    ))
                })
        })
        .collect::<Result<_, _>>()?;
    Ok(CorsOrigins::Listed(origins))
}

fn at_least_one(variable: &str, value: u64) -> Result<(), ConfigError> {
    match value {
        0 => Err(ConfigError(format!("{variable}: must be at least 1"))),
        _ => Ok(()),
    }
}

/// figment's error as `VARIABLE: what is wrong (from where)`.
fn describe(error: &figment::Error) -> ConfigError {
    use figment::error::Kind;
    let source = error.metadata.as_ref().map_or_else(String::new, |metadata| match &metadata.source {
        Some(file) => format!(" (from {file})"),
        None => format!(" (from {})", metadata.name),
    });
    let ours = error.path.iter().find(|key| Settings::KEYS.contains(&key.as_str()));
    let key = ours.map(|key| key.to_uppercase()).or_else(|| match error.path.join(".") {
        path if path.is_empty() => None,
        path => Some(format!("ROCKET_{}", path.to_uppercase())),
    });
    ConfigError(match (&error.kind, key) {
        (Kind::UnknownField(field, _), _) => {
            format!(
                "{field}: no such key in Persony's table{source}; its keys are {}",
                Settings::KEYS.join(", ")
            )
        }
        (kind, Some(key)) => format!("{key}: {kind}{source}"),
        (kind, None) => format!("{kind}{source}"),
    })
}

#[cfg(test)]
mod tests;
