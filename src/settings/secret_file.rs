use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{ConfigError, Secret};

/// The text of a variable, or of the file that its twin named `…_FILE` points to, where containers
/// and service managers keep secrets.
///
/// # Errors
/// When both are set, or the file cannot be read as text or holds none. What a file says is never
/// repeated.
pub fn secret(
    variable: &str,
    given: Option<Secret>,
    file: Option<&Path>,
) -> Result<Option<Secret>, ConfigError> {
    match (given, file) {
        (given, None) => Ok(given),
        (None, Some(path)) => read(variable, path).map(Some),
        (Some(_), Some(_)) => Err(ConfigError(format!(
            "{variable}: set both as it is and by {variable}_FILE; unset one of them"
        ))),
    }
}

/// Without the newline that editors and `echo` put at the end.
fn read(variable: &str, path: &Path) -> Result<Secret, ConfigError> {
    let fail = |what: String| ConfigError(format!("{variable}_FILE: {}: {what}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => fail("is not a text in UTF-8".into()),
        _ => fail(error.to_string()),
    })?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    match line {
        "" => Err(fail("is empty".into())),
        line => Ok(Secret::new(line)),
    }
}
