use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use governor::Quota;
use serde::Deserialize;

use crate::settings::{ConfigError, Table, at_least_one, number, truth};

/// The keys of the table that are about accounts and logins.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// The shortest password that can be registered, in characters.
    #[serde(deserialize_with = "number")]
    password_min_length: usize,
    /// Whether logins and registrations are limited at all.
    #[serde(deserialize_with = "truth")]
    rate_limit_enabled: bool,
    /// Wrong passwords in a row after which an account waits.
    #[serde(deserialize_with = "number")]
    login_failures_allowed: u32,
    /// The longest wait of an account, in seconds; the first is one second, and each is twice the one
    /// before.
    #[serde(deserialize_with = "number")]
    login_wait_max: u64,
    /// Logins that one client address may try at once.
    #[serde(deserialize_with = "number")]
    login_rate_burst: u32,
    /// Logins that it may try in a minute after that.
    #[serde(deserialize_with = "number")]
    login_rate_per_minute: u32,
    /// Registrations that one client address may make at once.
    #[serde(deserialize_with = "number")]
    register_rate_burst: u32,
    /// Registrations that it may make in an hour after that.
    #[serde(deserialize_with = "number")]
    register_rate_per_hour: u32,
    /// Days that an erased account is kept, so that it can be restored.
    #[serde(deserialize_with = "number")]
    account_retention_days: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            password_min_length: 8,
            rate_limit_enabled: true,
            login_failures_allowed: 5,
            login_wait_max: 900,
            login_rate_burst: 600,
            login_rate_per_minute: 60,
            register_rate_burst: 300,
            register_rate_per_hour: 60,
            account_retention_days: 30,
        }
    }
}

/// What registrations and logins are held to.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The shortest password that can be registered, in characters.
    pub password_min_length: usize,
    /// How long an erased account is kept.
    pub account_retention: TimeDelta,
    /// What logins and registrations are limited to; `None`: to nothing.
    pub limits: Option<Limits>,
}

impl Settings {
    /// Reads and checks the part of the table that is about accounts and logins.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse or is out of range.
    pub fn read(table: &Table) -> Result<Self, ConfigError> {
        let keys: Keys = table.part()?;
        at_least_one("PASSWORD_MIN_LENGTH", keys.password_min_length as u64)?;
        if keys.account_retention_days > LONGEST_RETENTION {
            return Err(ConfigError(format!(
                "ACCOUNT_RETENTION_DAYS: must be {LONGEST_RETENTION}, a hundred years, at most"
            )));
        }
        Ok(Self {
            password_min_length: keys.password_min_length,
            account_retention: TimeDelta::days(keys.account_retention_days.into()),
            limits: Limits::of(&keys)?,
        })
    }
}

/// The longest that an erased account can be kept, in days.
const LONGEST_RETENTION: u32 = 36_500;

/// The longest that an account can be made to wait: a day, after which failures are forgotten.
const LONGEST_WAIT: u64 = 86_400;

/// The highest rate, and the largest burst: their time to refill is to fit into 64 bits of
/// nanoseconds.
const HIGHEST: u32 = 1_000_000;

/// What logins and registrations are limited to.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For each account, in all instances together.
    pub account: AccountLimit,
    /// Logins from each client address, in this process.
    pub logins: Quota,
    /// Registrations from each client address, in this process.
    pub registrations: Quota,
}

/// Wrong passwords in a row that an account takes, and how long it waits after more.
#[derive(Debug, Clone)]
pub struct AccountLimit {
    /// So many are free; after the last of them the account waits a second.
    pub failures: u32,
    /// Each wait is twice as long as the one before, up to this.
    pub max_wait: Duration,
}

impl Limits {
    /// `None` where limits are switched off.
    fn of(keys: &Keys) -> Result<Option<Self>, ConfigError> {
        at_least_one("LOGIN_FAILURES_ALLOWED", keys.login_failures_allowed.into())?;
        at_least_one("LOGIN_WAIT_MAX", keys.login_wait_max)?;
        if keys.login_wait_max > LONGEST_WAIT {
            return Err(ConfigError(format!("LOGIN_WAIT_MAX: must be {LONGEST_WAIT}, a day, at most")));
        }
        let account = AccountLimit {
            failures: keys.login_failures_allowed,
            max_wait: Duration::from_secs(keys.login_wait_max),
        };
        let logins = Quota::per_minute(rate("LOGIN_RATE_PER_MINUTE", keys.login_rate_per_minute)?)
            .allow_burst(rate("LOGIN_RATE_BURST", keys.login_rate_burst)?);
        let registrations = Quota::per_hour(rate("REGISTER_RATE_PER_HOUR", keys.register_rate_per_hour)?)
            .allow_burst(rate("REGISTER_RATE_BURST", keys.register_rate_burst)?);
        Ok(keys.rate_limit_enabled.then_some(Self { account, logins, registrations }))
    }
}

fn rate(variable: &str, value: u32) -> Result<NonZeroU32, ConfigError> {
    NonZeroU32::new(value)
        .filter(|value| value.get() <= HIGHEST)
        .ok_or_else(|| ConfigError(format!("{variable}: must be 1 to {HIGHEST}")))
}
