use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::db::Engine;
use crate::settings::{ConfigError, Secret, secret};

/// HS256 wants a key as long as its hash (RFC 7518, section 3.2).
const MIN_BYTES: usize = 32;

/// What examples and tutorials put in place of a key.
const PLACEHOLDERS: &[&str] = &[
    "your-secret-key",
    "your-jwt-secret",
    "your-super-secret",
    "super-secret",
    "change-me",
    "changeme",
    "change-this",
    "replace-me",
    "jwt-secret-key",
    "secret-key",
    "dev-secret",
];

const PREVIOUS: &str = "JWT_PREVIOUS_SECRET_KEYS";

const HOW_TO_MAKE_ONE: &str = "make one with: openssl rand -hex 32";

/// The key that signs access tokens: at least 32 bytes, and no placeholder.
#[derive(Debug, Clone)]
pub struct SigningKey {
    key: Secret,
    kept_beside_database: bool,
}

impl SigningKey {
    /// Takes the configured key; on the embedded engine a missing one is made once and kept beside
    /// the database file.
    ///
    /// # Errors
    /// For a key that is too short or a placeholder, for a missing key on Oracle, where every
    /// instance must have the same one, and when the kept key cannot be read or written.
    pub fn load(configured: Option<Secret>, engine: &Engine) -> Result<Self, ConfigError> {
        match (configured, engine) {
            (Some(key), _) => Self::worthy(key, "JWT_SECRET_KEY"),
            (None, Engine::Embedded(database)) => Self::kept_beside(database),
            (None, Engine::Oracle(_)) => Err(ConfigError(format!(
                "JWT_SECRET_KEY: not set. On Oracle every instance must sign with the same key: \
                 {HOW_TO_MAKE_ONE}, and give it to each"
            ))),
        }
    }

    /// Takes the keys that signed before the present one: separated by commas, or in a file one on
    /// each line.
    ///
    /// # Errors
    /// For a key that is too short or a placeholder, and for a file that cannot be read.
    pub fn previous(given: Option<Secret>, file: Option<&Path>) -> Result<Vec<Self>, ConfigError> {
        let separator = if file.is_some() { '\n' } else { ',' };
        let Some(keys) = secret(PREVIOUS, given, file)? else { return Ok(Vec::new()) };
        let keys = keys.expose().split(separator).map(str::trim).filter(|key| !key.is_empty());
        keys.enumerate()
            .map(|(index, key)| Self::worthy(Secret::new(key), &format!("{PREVIOUS}, key {}", index + 1)))
            .collect()
    }

    /// As [`SigningKey::load`], and leaves a missing key unmade: what it gives instead signs nothing.
    ///
    /// # Errors
    /// As [`SigningKey::load`].
    pub fn check(configured: Option<Secret>, engine: &Engine) -> Result<Self, ConfigError> {
        match (&configured, engine) {
            (None, Engine::Embedded(database)) if !file_beside(database).exists() => {
                Ok(Self { key: Secret::new(""), kept_beside_database: true })
            }
            _ => Self::load(configured, engine),
        }
    }

    /// Whether the key was made by this program, and lies beside the database file.
    pub fn is_kept_beside_database(&self) -> bool {
        self.kept_beside_database
    }

    /// The key's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.key.expose().as_bytes()
    }

    /// A key as it is.
    #[cfg(test)]
    pub fn for_tests(key: &str) -> Self {
        Self { key: Secret::new(key), kept_beside_database: false }
    }

    fn worthy(key: Secret, name: &str) -> Result<Self, ConfigError> {
        let text = key.expose();
        let folded = text.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        if PLACEHOLDERS.iter().any(|placeholder| folded.starts_with(placeholder)) {
            return Err(ConfigError(format!(
                "{name}: is a placeholder that anybody can look up; {HOW_TO_MAKE_ONE}"
            )));
        }
        if text.len() < MIN_BYTES {
            return Err(ConfigError(format!(
                "{name}: has {} bytes and needs at least {MIN_BYTES}; {HOW_TO_MAKE_ONE}",
                text.len()
            )));
        }
        Ok(Self { key, kept_beside_database: false })
    }

    fn kept_beside(database: &Path) -> Result<Self, ConfigError> {
        let path = file_beside(database);
        let fail =
            |error: std::io::Error| ConfigError(format!("JWT_SECRET_KEY: {}: {error}", path.display()));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => make(&path).map_err(fail)?,
            Err(error) => return Err(fail(error)),
        };
        let mode = fs::metadata(&path).map_err(fail)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            tracing::warn!(
                "{}: others can read the signing key (mode {mode:o}); chmod 600 it",
                path.display()
            );
        }
        let key = Self::worthy(Secret::new(text.trim_end()), &path.display().to_string())?;
        Ok(Self { kept_beside_database: true, ..key })
    }
}

fn file_beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".jwt-key");
    PathBuf::from(name)
}

/// Writes a new key whole and under its final name at once, so that of two processes that start
/// together one makes the key and the other reads it.
fn make(path: &Path) -> std::io::Result<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let key: String = rand::random::<[u8; 32]>().iter().map(|byte| format!("{byte:02x}")).collect();
    // NamedTempFile makes its file with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{key}")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(key),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => fs::read_to_string(path),
        Err(error) => Err(error.error),
    }
}

#[cfg(test)]
mod tests {
    use super::make;

    #[test]
    fn who_makes_a_key_second_gets_the_first_ones() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("persony.db.jwt-key");
        let first = make(&path).unwrap();
        assert_eq!(make(&path).unwrap().trim_end(), first);
    }
}
