use std::time::Duration;

use serde::Deserialize;

use crate::settings::{ConfigError, Table, at_least_one, number, truth};

/// The keys of the table that are about work in the background.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// Whether this instance runs any.
    #[serde(deserialize_with = "truth")]
    jobs_enabled: bool,
    /// Seconds between two looks at what is due.
    #[serde(deserialize_with = "number")]
    jobs_look_interval: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Self { jobs_enabled: true, jobs_look_interval: 60 }
    }
}

/// What an instance does of the work in the background.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether it runs any.
    pub enabled: bool,
    /// The shortest time between two looks at what is due.
    pub look_interval: Duration,
}

impl Settings {
    /// Where jobs are run only when somebody asks for one.
    pub const ASKED: Self = Self { enabled: false, look_interval: Duration::MAX };

    /// Reads and checks the part of the table that is about work in the background.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse or is out of range.
    pub fn read(table: &Table) -> Result<Self, ConfigError> {
        let Keys { jobs_enabled, jobs_look_interval } = table.part()?;
        at_least_one("JOBS_LOOK_INTERVAL", jobs_look_interval.into())?;
        Ok(Self { enabled: jobs_enabled, look_interval: Duration::from_secs(jobs_look_interval.into()) })
    }
}
