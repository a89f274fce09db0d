use std::fmt::Display;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};

use super::ConfigError;

/// A number in TOML, or the text of one: variables are always text, so that a password of digits
/// alone stays what it is.
///
/// # Errors
/// For what is no whole number, or out of its type's range.
pub fn number<'de, D, N>(deserializer: D) -> Result<N, D::Error>
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
///
/// # Errors
/// For anything else.
pub fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
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

/// Refuses a 0.
///
/// # Errors
/// A `ConfigError` that names the variable.
pub fn at_least_one(variable: &str, value: u64) -> Result<(), ConfigError> {
    match value {
        0 => Err(ConfigError(format!("{variable}: must be at least 1"))),
        _ => Ok(()),
    }
}
