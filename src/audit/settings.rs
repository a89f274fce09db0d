use chrono::TimeDelta;
use serde::Deserialize;

use crate::settings::{ConfigError, Table, at_least_one, number};

/// The keys of the table that are about the audit log.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// Days for which a line is kept.
    #[serde(deserialize_with = "number")]
    audit_retention_days: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Self { audit_retention_days: 365 }
    }
}

/// What becomes of the audit log.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How long a line is kept.
    pub retention: TimeDelta,
}

impl Settings {
    /// Reads and checks the part of the table that is about the audit log.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse or is out of range.
    pub fn read(table: &Table) -> Result<Self, ConfigError> {
        let Keys { audit_retention_days } = table.part()?;
        at_least_one("AUDIT_RETENTION_DAYS", audit_retention_days.into())?;
        Ok(Self { retention: TimeDelta::days(audit_retention_days.into()) })
    }
}
