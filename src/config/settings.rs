use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};

use super::{LogFormat, Secret};

/// Persony's own table, `persony`, as it stands in `Rocket.toml`, `.env` and the environment,
/// where each key is written in upper case. An unknown key stops the start.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The database account.
    pub oracle_user: Option<String>,
    /// Its password.
    pub oracle_password: Option<Secret>,
    /// A file that holds it.
    pub oracle_password_file: Option<PathBuf>,
    /// `host:1521/XEPDB1`, a TNS alias or `tcps://…`. When it is set, Oracle is the engine.
    pub oracle_dsn: Option<String>,
    /// Sessions kept open in the pool.
    #[serde(deserialize_with = "number")]
    pub oracle_min_conn: u32,
    /// Sessions open at most.
    #[serde(deserialize_with = "number")]
    pub oracle_max_conn: u32,
    /// How long a request waits for a session, in seconds.
    #[serde(deserialize_with = "number")]
    pub oracle_pool_timeout: u64,
    /// How long one call to the database may take, in seconds; 0: as long as it takes.
    #[serde(deserialize_with = "number")]
    pub oracle_call_timeout: u64,
    /// Statements that each session keeps parsed.
    #[serde(deserialize_with = "number")]
    pub oracle_statement_cache_size: u32,
    /// What the sessions are called in V$SESSION.MODULE.
    pub oracle_module: String,
    /// Folder of tnsnames.ora, sqlnet.ora and the wallet (TNS_ADMIN).
    pub oracle_config_dir: Option<PathBuf>,
    /// Folder of the Oracle Client libraries.
    pub oracle_client_lib_dir: Option<PathBuf>,
    /// File of the embedded engine.
    pub embedded_db_path: PathBuf,
    /// Whether the server makes its schema when it starts; else `persony migrate` does.
    #[serde(deserialize_with = "truth")]
    pub migrate_at_start: bool,
    /// The key that signs access tokens.
    pub jwt_secret_key: Option<Secret>,
    /// A file that holds it.
    pub jwt_secret_key_file: Option<PathBuf>,
    /// Keys that signed before this one, separated by commas: their tokens stay good.
    pub jwt_previous_secret_keys: Option<Secret>,
    /// A file that holds them, one on each line.
    pub jwt_previous_secret_keys_file: Option<PathBuf>,
    /// How long an access token is good for, in seconds.
    #[serde(deserialize_with = "number")]
    pub jwt_access_token_expires: u64,
    /// Origins that browsers may call `/api/*` from, separated by commas, or `*`.
    pub cors_origins: Option<String>,
    /// The shortest password that can be registered, in characters.
    #[serde(deserialize_with = "number")]
    pub password_min_length: usize,
    /// Whether logins and registrations are limited at all.
    #[serde(deserialize_with = "truth")]
    pub rate_limit_enabled: bool,
    /// Wrong passwords in a row after which an account waits.
    #[serde(deserialize_with = "number")]
    pub login_failures_allowed: u32,
    /// The longest wait of an account, in seconds; the first is one second, and each is twice the one
    /// before.
    #[serde(deserialize_with = "number")]
    pub login_wait_max: u64,
    /// Logins that one client address may try at once.
    #[serde(deserialize_with = "number")]
    pub login_rate_burst: u32,
    /// Logins that it may try in a minute after that.
    #[serde(deserialize_with = "number")]
    pub login_rate_per_minute: u32,
    /// Registrations that one client address may make at once.
    #[serde(deserialize_with = "number")]
    pub register_rate_burst: u32,
    /// Registrations that it may make in an hour after that.
    #[serde(deserialize_with = "number")]
    pub register_rate_per_hour: u32,
    /// The header in which a proxy names the client.
    pub client_ip_header: Option<String>,
    /// `text`, or `json`: one object a line.
    pub log_format: LogFormat,
}

impl Default for Settings {
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
            jwt_secret_key: None,
            jwt_secret_key_file: None,
            jwt_previous_secret_keys: None,
            jwt_previous_secret_keys_file: None,
            jwt_access_token_expires: 3600,
            cors_origins: None,
            password_min_length: 8,
            rate_limit_enabled: true,
            login_failures_allowed: 5,
            login_wait_max: 900,
            login_rate_burst: 600,
            login_rate_per_minute: 60,
            register_rate_burst: 300,
            register_rate_per_hour: 60,
            client_ip_header: None,
            log_format: LogFormat::default(),
        }
    }
}

impl Settings {
    /// The keys of the table; the variables bear the same names in upper case.
    pub const KEYS: &'static [&'static str] = &[
        "oracle_user",
        "oracle_password",
        "oracle_password_file",
        "oracle_dsn",
        "oracle_min_conn",
        "oracle_max_conn",
        "oracle_pool_timeout",
        "oracle_call_timeout",
        "oracle_statement_cache_size",
        "oracle_module",
        "oracle_config_dir",
        "oracle_client_lib_dir",
        "embedded_db_path",
        "migrate_at_start",
        "jwt_secret_key",
        "jwt_secret_key_file",
        "jwt_previous_secret_keys",
        "jwt_previous_secret_keys_file",
        "jwt_access_token_expires",
        "cors_origins",
        "password_min_length",
        "rate_limit_enabled",
        "login_failures_allowed",
        "login_wait_max",
        "login_rate_burst",
        "login_rate_per_minute",
        "register_rate_burst",
        "register_rate_per_hour",
        "client_ip_header",
        "log_format",
    ];
}

/// A number in TOML, or the text of one: variables are always text, so that a password of digits
/// alone stays what it is.
fn number<'de, D, N>(deserializer: D) -> Result<N, D::Error>
where
    D: Deserializer<'de>,
    N: FromStr<Err: Display> + TryFrom<i64>,
{
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(i64),
        Text(String),
    }

    match Written::deserialize(deserializer).map_err(|_| D::Error::custom("expected a whole number"))? {
        Written::Number(number) => {
            N::try_from(number).map_err(|_| D::Error::custom(format!("{number} is out of range")))
        }
        Written::Text(text) => text
            .trim()
            .parse()
            .map_err(|_| D::Error::custom(format!("expected a whole number, not {text:?}"))),
    }
}

/// `true` or `false`, in TOML or as a text.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Written {
        Truth(bool),
        Text(String),
    }

    let expected = || D::Error::custom("expected true or false");
    match Written::deserialize(deserializer).map_err(|_| expected())? {
        Written::Truth(truth) => Ok(truth),
        Written::Text(text) => text.trim().parse().map_err(|_| expected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list of variables and the struct cannot drift apart: an unknown key names all fields.
    #[test]
    fn every_key_is_a_field_and_every_field_a_key() {
        let error = figment::Figment::from(("no_such_key", 1)).extract::<Settings>().unwrap_err();
        let figment::error::Kind::UnknownField(_, fields) = error.kind else { panic!("{error}") };
        assert_eq!(fields, Settings::KEYS);
    }
}
