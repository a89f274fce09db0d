use std::time::Duration;

use super::{ConfigError, Settings, at_least_one};

/// The longest that an account can be made to wait: a day, after which failures are forgotten.
const LONGEST_WAIT: u64 = 86_400;

/// What logins and registrations are limited to.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For each account, in all instances together.
    pub account: AccountLimit,
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
        Ok(settings.rate_limit_enabled.then_some(Self { account }))
    }
}
