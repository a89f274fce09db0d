use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::SigningKey;
use crate::db::Engine;
use crate::settings::{ConfigError, Secret, Table, at_least_one, number, secret};

/// The keys of the table that are about tokens.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// The key that signs access tokens.
    jwt_secret_key: Option<Secret>,
    /// A file that holds it.
    jwt_secret_key_file: Option<PathBuf>,
    /// Keys that signed before this one, separated by commas: their tokens stay good.
    jwt_previous_secret_keys: Option<Secret>,
    /// A file that holds them, one on each line.
    jwt_previous_secret_keys_file: Option<PathBuf>,
    /// How long an access token is good for, in seconds.
    #[serde(deserialize_with = "number")]
    jwt_access_token_expires: u64,
    /// How long a refresh token is good for, in seconds.
    #[serde(deserialize_with = "number")]
    jwt_refresh_token_expires: u64,
    /// Seconds between two looks at which tokens other instances have revoked.
    #[serde(deserialize_with = "number")]
    revocation_poll: u64,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            jwt_secret_key: None,
            jwt_secret_key_file: None,
            jwt_previous_secret_keys: None,
            jwt_previous_secret_keys_file: None,
            jwt_access_token_expires: 3600,
            jwt_refresh_token_expires: 30 * 24 * 3600,
            revocation_poll: 5,
        }
    }
}

/// How access tokens are signed and checked.
#[derive(Debug)]
pub struct Settings {
    /// The key that signs access tokens.
    pub signing_key: SigningKey,
    /// Keys that signed before it, whose tokens are still accepted.
    pub previous_keys: Vec<SigningKey>,
    /// How long an access token is good for.
    pub access_token_lifetime: Duration,
    /// How long a refresh token is good for, and with it a session that nobody uses.
    pub refresh_token_lifetime: Duration,
    /// The time between two looks at which tokens other instances have revoked.
    pub revocation_poll: Duration,
}

impl Settings {
    /// Reads and checks the part of the table that is about tokens. On the embedded engine a missing
    /// key is made.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse, a secret's file that
    /// cannot be read, or a signing key that is missing or not worth the name.
    pub fn read(table: &Table, engine: &Engine) -> Result<Self, ConfigError> {
        Self::with(table, |key| SigningKey::load(key, engine))
    }

    /// As [`Settings::read`], and makes no signing key.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn check(table: &Table, engine: &Engine) -> Result<(), ConfigError> {
        Self::with(table, |key| SigningKey::check(key, engine)).map(drop)
    }

    /// Reads and checks how long an access token is good for, and nothing else.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse or is out of range.
    pub fn read_lifetime(table: &Table) -> Result<Duration, ConfigError> {
        let keys: Keys = table.part()?;
        at_least_one("JWT_ACCESS_TOKEN_EXPIRES", keys.jwt_access_token_expires)?;
        Ok(Duration::from_secs(keys.jwt_access_token_expires))
    }

    fn with(
        table: &Table,
        signing_key: impl FnOnce(Option<Secret>) -> Result<SigningKey, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let keys: Keys = table.part()?;
        at_least_one("JWT_ACCESS_TOKEN_EXPIRES", keys.jwt_access_token_expires)?;
        at_least_one("JWT_REFRESH_TOKEN_EXPIRES", keys.jwt_refresh_token_expires)?;
        at_least_one("REVOCATION_POLL", keys.revocation_poll)?;
        let key = secret("JWT_SECRET_KEY", keys.jwt_secret_key, keys.jwt_secret_key_file.as_deref())?;
        let previous_keys = SigningKey::previous(
            keys.jwt_previous_secret_keys,
            keys.jwt_previous_secret_keys_file.as_deref(),
        )?;
        Ok(Self {
            signing_key: signing_key(key)?,
            previous_keys,
            access_token_lifetime: Duration::from_secs(keys.jwt_access_token_expires),
            refresh_token_lifetime: Duration::from_secs(keys.jwt_refresh_token_expires),
            revocation_poll: Duration::from_secs(keys.revocation_poll),
        })
    }
}
