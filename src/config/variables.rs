use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

use super::KEYS;

/// Persony's and Rocket's variables out of one source: the `.env` file or the environment.
///
/// Persony's keep their text as it is, whatever it looks like; Rocket's (`ROCKET_PORT`) are read
/// as figment's own `Env` provider reads them. An empty variable counts as not set: compose files
/// pass such on.
pub struct Variables {
    source: &'static str,
    read: Result<BTreeMap<String, String>, String>,
}

impl Variables {
    /// The process's environment.
    pub fn environment() -> Self {
        let read = std::env::vars_os()
            // A name that is not UTF-8 is none of ours.
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, _)| key_of(name).is_some())
            .map(|(name, value)| match value.into_string() {
                Ok(value) => Ok((name, value)),
                Err(_) => Err(format!("{name} is not UTF-8")),
            })
            .collect();
        Self { source: "the environment", read }
    }

    /// The file `.env` of the current folder, which need not exist.
    pub fn dotenv() -> Self {
        Self { source: "the file .env", read: read_file(Path::new(".env")) }
    }
}

/// Parses a file in dotenv form. What a line says is never repeated: it can be a secret.
fn read_file(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let lines = match dotenvy::from_path_iter(path) {
        Ok(lines) => lines,
        Err(dotenvy::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(BTreeMap::new());
        }
        Err(error) => return Err(format!("{}: {error}", path.display())),
    };
    lines.collect::<Result<_, _>>().map_err(|error| match error {
        dotenvy::Error::LineParse(line, _) => match number_of(path.to_owned(), &line) {
            Some(number) => {
                format!("line {number} is not of the form NAME=value; quote a value with blanks or $")
            }
            None => "a line is not of the form NAME=value; quote a value with blanks or $".into(),
        },
        error => error.to_string(),
    })
}

/// Reads the file once more: the parser names a line by its text alone. If that fails now, the
/// message has no number.
fn number_of(path: PathBuf, line: &str) -> Option<usize> {
    let text = std::fs::read_to_string(path).ok()?;
    text.lines().position(|candidate| candidate.trim_end().ends_with(line.trim())).map(|index| index + 1)
}

/// Where a variable belongs: `persony.<key>` or a key of Rocket's.
fn key_of(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if name != name.to_ascii_uppercase() {
        return None;
    }
    if KEYS.contains(&lower.as_str()) {
        return Some(format!("persony.{lower}"));
    }
    match lower.strip_prefix("rocket_") {
        // These two choose the file and the profile before anything is read.
        Some("config" | "profile") | None => None,
        Some(key) => Some(key.to_owned()),
    }
}

impl Provider for Variables {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.source)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let variables = self.read.as_ref().map_err(|error| Error::from(error.clone()))?;
        let mut dict = Dict::new();
        for (name, text) in variables.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let Some(key) = key_of(name) else { continue };
            let value = match key.strip_prefix("persony.") {
                Some(_) => Value::from(text.clone()),
                None => text.parse().unwrap_or_else(|never| match never {}),
            };
            nest(&mut dict, &key, value);
        }
        Ok(Profile::Global.collect(dict))
    }
}

/// Puts `value` at a dotted key.
fn nest(dict: &mut Dict, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            dict.insert(key.to_owned(), value);
        }
        Some((table, rest)) => {
            let inner = dict.entry(table.to_owned()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, inner) = inner {
                nest(inner, rest, value);
            }
        }
    }
}
