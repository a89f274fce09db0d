use figment::error::Kind;
use figment::value::Dict;
use figment::{Error, Figment, Metadata};
use serde::de::DeserializeOwned;

use super::ConfigError;

/// The name of the table in `Rocket.toml`.
const NAME: &str = "persony";

/// Persony's own table, as its sources say. Each part of the program takes its keys out of it.
pub struct Table(Figment);

impl Table {
    /// The table of these sources; an empty one, if they have none.
    pub fn of(sources: &Figment) -> Self {
        Self(sources.clone().join((NAME, Dict::new())))
    }

    /// The keys of one part. Those of others are passed over: see [`Table::refuse_unknown`].
    ///
    /// # Errors
    /// A `ConfigError` that names the key which does not parse.
    pub fn part<S: DeserializeOwned>(&self) -> Result<S, ConfigError> {
        self.0.extract_inner(NAME).map_err(|error| describe(&error))
    }

    /// Finds a key that no part knows.
    ///
    /// # Errors
    /// A `ConfigError` that names it, where it stands, and those there are.
    pub fn refuse_unknown(&self, known: &[&str]) -> Result<(), ConfigError> {
        let table = self.0.find_value(NAME).map_err(|error| describe(&error))?;
        let written = table.as_dict().into_iter().flatten();
        match written.into_iter().find(|(key, _)| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some((key, value)) => Err(ConfigError(format!(
                "{key}: no such key in Persony's table{}; its keys are {}",
                source(self.0.get_metadata(value.tag())),
                known.join(", ")
            ))),
        }
    }
}

/// figment's error as `VARIABLE: what is wrong (from where)`.
pub fn describe(error: &Error) -> ConfigError {
    let source = source(error.metadata.as_ref());
    // figment puts the table's name at either end of the path.
    let key = match error.path.as_slice() {
        [] => None,
        [table, key] | [key, table] if table == NAME => Some(key.to_uppercase()),
        path => Some(format!("ROCKET_{}", path.join(".").to_uppercase())),
    };
    ConfigError(match (&error.kind, key) {
        (Kind::UnknownField(field, _), _) => format!("{field}: no such key{source}"),
        (kind, Some(key)) => format!("{key}: {kind}{source}"),
        (kind, None) => format!("{kind}{source}"),
    })
}

fn source(metadata: Option<&Metadata>) -> String {
    metadata.map_or_else(String::new, |metadata| match &metadata.source {
        Some(file) => format!(" (from {file})"),
        None => format!(" (from {})", metadata.name),
    })
}
