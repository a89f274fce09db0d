use figment::Figment;
use serde::Deserialize;

use crate::settings::{ConfigError, Table};

/// The keys of the table that are about what operators see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// `text`, or `json`: one object a line.
    log_format: LogFormat,
}

/// How lines of the log are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl LogFormat {
    /// Reads the part of the table that is about what operators see.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for what is no format.
    pub fn read(table: &Table) -> Result<Self, ConfigError> {
        table.part::<Keys>().map(|keys| keys.log_format)
    }

    /// The configured format. A configuration that does not hold is told of in the default one, by
    /// whoever reads the rest of it.
    pub fn load(sources: &Figment) -> Self {
        Self::read(&Table::of(sources)).unwrap_or_default()
    }
}
