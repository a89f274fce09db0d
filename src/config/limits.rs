use std::num::NonZeroU32;
use std::time::Duration;

use governor::Quota;

use super::{ConfigError, Settings, at_least_one};

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
    ///
    /// # Errors
    /// A `ConfigError` that names a limit of 0, or a wait of more than a day.
    pub fn of(settings: &Settings) -> Result<Option<Self>, ConfigError> {
        at_least_one("LOGIN_FAILURES_ALLOWED", settings.login_failures_allowed.into())?;
        at_least_one("LOGIN_WAIT_MAX", settings.login_wait_max)?;
        if settings.login_wait_max > LONGEST_WAIT {
            return Err(ConfigError(format!("LOGIN_WAIT_MAX: must be {LONGEST_WAIT}, a day, at most")));
        }
        let account = AccountLimit {
            failures: settings.login_failures_allowed,
            max_wait: Duration::from_secs(settings.login_wait_max),
        };
        let logins = Quota::per_minute(rate("LOGIN_RATE_PER_MINUTE", settings.login_rate_per_minute)?)
            .allow_burst(rate("LOGIN_RATE_BURST", settings.login_rate_burst)?);
        let registrations = Quota::per_hour(rate("REGISTER_RATE_PER_HOUR", settings.register_rate_per_hour)?)
            .allow_burst(rate("REGISTER_RATE_BURST", settings.register_rate_burst)?);
        Ok(settings.rate_limit_enabled.then_some(Self { account, logins, registrations }))
    }
}

fn rate(variable: &str, value: u32) -> Result<NonZeroU32, ConfigError> {
    NonZeroU32::new(value)
        .filter(|value| value.get() <= HIGHEST)
        .ok_or_else(|| ConfigError(format!("{variable}: must be 1 to {HIGHEST}")))
}

/// The name of the header that names the client.
///
/// # Errors
/// A `ConfigError` for what is no header's name, and for `Forwarded` (RFC 7239), whose value is no
/// list of addresses.
pub fn client_ip_header(setting: Option<&str>) -> Result<Option<String>, ConfigError> {
    let Some(name) = setting.map(str::trim) else { return Ok(None) };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    match is_name && !name.eq_ignore_ascii_case("Forwarded") {
        true => Ok(Some(name.to_owned())),
        false => Err(ConfigError(format!(
            "CLIENT_IP_HEADER: {name:?} is not a header that holds addresses, such as X-Forwarded-For"
        ))),
    }
}
