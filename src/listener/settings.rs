use std::time::Duration;

use serde::Deserialize;

use crate::settings::{ConfigError, Table, at_least_one, number};

/// The keys of the table that are about connections.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub struct Keys {
    /// Connections at once.
    #[serde(deserialize_with = "number")]
    max_connections: u32,
    /// Seconds in which a request's head must have come.
    #[serde(deserialize_with = "number")]
    request_head_timeout: u32,
    /// Seconds that a connection may be open without a request.
    #[serde(deserialize_with = "number")]
    idle_timeout: u32,
    /// Seconds that a client may take nothing of its answer.
    #[serde(deserialize_with = "number")]
    answer_timeout: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Self { max_connections: 10_000, request_head_timeout: 10, idle_timeout: 75, answer_timeout: 30 }
    }
}

/// How much is had to do with clients at once, and how long they are waited for.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Connections at once. More of them wait in the system's line.
    pub max_connections: usize,
    /// For what each wait may take.
    pub patience: Patience,
}

/// How long a client is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From the first byte of a request's head to its last; and for a TLS handshake.
    pub head: Duration,
    /// Between two requests, and for the first.
    pub idle: Duration,
    /// For a client to take more of its answer.
    pub answer: Duration,
}

impl Settings {
    /// Reads and checks the part of the table that is about connections.
    ///
    /// # Errors
    /// A `ConfigError` that names the variable for a value that does not parse or is out of range.
    pub fn read(table: &Table) -> Result<Self, ConfigError> {
        let keys: Keys = table.part()?;
        let seconds = |name, value: u32| {
            at_least_one(name, value.into())?;
            Ok(Duration::from_secs(value.into()))
        };
        at_least_one("MAX_CONNECTIONS", keys.max_connections.into())?;
        Ok(Self {
            max_connections: keys.max_connections as usize,
            patience: Patience {
                head: seconds("REQUEST_HEAD_TIMEOUT", keys.request_head_timeout)?,
                idle: seconds("IDLE_TIMEOUT", keys.idle_timeout)?,
                answer: seconds("ANSWER_TIMEOUT", keys.answer_timeout)?,
            },
        })
    }
}
