//! The one configuration: built-in defaults, then `Rocket.toml`, then `.env`, then the environment,
//! read by figment. Each part of the program reads its own keys; here they are gathered.

mod variables;

use std::sync::LazyLock;
use std::time::Duration;

use chrono::TimeDelta;
use figment::providers::{Env, Format, Toml};
use figment::{Figment, Profile};

pub use crate::settings::ConfigError;
use crate::settings::{Table, describe, keys_of};
pub use crate::watch::LogFormat;
use crate::{audit, auth, db, http, jobs, listener, users, watch};
pub use variables::Variables;

/// Everything that Persony can be told, checked.
#[derive(Debug)]
pub struct Config {
    /// The database.
    pub database: db::Settings,
    /// Access tokens.
    pub auth: auth::Settings,
    /// The audit log.
    pub audit: audit::Settings,
    /// Accounts and logins.
    pub users: users::Settings,
    /// Origins and proxies.
    pub http: http::Settings,
    /// Connections.
    pub listener: listener::Settings,
    /// Work in the background.
    pub jobs: jobs::Settings,
    /// How lines of the log are written.
    pub log_format: LogFormat,
}

/// What acts on accounts without a server.
#[derive(Debug)]
pub struct OperatorSettings {
    /// The database.
    pub database: db::Settings,
    /// How long an erased account is kept.
    pub account_retention: TimeDelta,
    /// How long an access token is good for, and what is revoked has to be known.
    pub access_token_lifetime: Duration,
}

/// The keys of Persony's table; the variables bear the same names in upper case.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    [
        keys_of::<db::SettingsKeys>(),
        keys_of::<auth::SettingsKeys>(),
        keys_of::<audit::SettingsKeys>(),
        keys_of::<users::SettingsKeys>(),
        keys_of::<http::SettingsKeys>(),
        keys_of::<listener::SettingsKeys>(),
        keys_of::<jobs::SettingsKeys>(),
        keys_of::<watch::SettingsKeys>(),
    ]
    .concat()
});

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
        let table = table(figment)?;
        let database = db::Settings::read(&table)?;
        Ok(Self {
            log_format: LogFormat::read(&table)?,
            audit: audit::Settings::read(&table)?,
            users: users::Settings::read(&table)?,
            http: http::Settings::read(&table, is_debug(figment))?,
            listener: listener::Settings::read(&table)?,
            jobs: jobs::Settings::read(&table)?,
            auth: auth::Settings::read(&table, &database.engine)?,
            database,
        })
    }

    /// As [`Config::load`], and makes no signing key. Gives what is to be known of the database.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn check(figment: &Figment) -> Result<db::Settings, ConfigError> {
        let table = table(figment)?;
        let database = db::Settings::read(&table)?;
        LogFormat::read(&table)?;
        audit::Settings::read(&table)?;
        users::Settings::read(&table)?;
        http::Settings::read(&table, is_debug(figment))?;
        listener::Settings::read(&table)?;
        jobs::Settings::read(&table)?;
        auth::Settings::check(&table, &database.engine)?;
        Ok(database)
    }

    /// Reads no more than which database is meant, for work that needs no signing key.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn database(figment: &Figment) -> Result<db::Settings, ConfigError> {
        db::Settings::read(&table(figment)?)
    }

    /// Reads no more than what operators' commands need, and no signing key.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn operators(figment: &Figment) -> Result<OperatorSettings, ConfigError> {
        let table = table(figment)?;
        Ok(OperatorSettings {
            database: db::Settings::read(&table)?,
            account_retention: users::Settings::read(&table)?.account_retention,
            access_token_lifetime: auth::Settings::read_lifetime(&table)?,
        })
    }

    /// Reads no more than what the work in the background needs.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn background(figment: &Figment) -> Result<(db::Settings, audit::Settings), ConfigError> {
        let table = table(figment)?;
        Ok((db::Settings::read(&table)?, audit::Settings::read(&table)?))
    }
}

/// Whether this is the profile of debug builds.
pub fn is_debug(figment: &Figment) -> bool {
    figment.profile() == rocket::Config::DEBUG_PROFILE
}

fn table(figment: &Figment) -> Result<Table, ConfigError> {
    let table = Table::of(figment);
    table.refuse_unknown(&KEYS)?;
    Ok(table)
}

#[cfg(test)]
mod tests;
