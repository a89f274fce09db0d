use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::asked::Asked;
use super::error::{Code, OracleError};
use crate::db::{DbError, required};

/// Sessions are opened anew at least every half hour: whatever one says is told once in this time.
const DAY: Duration = Duration::from_secs(24 * 3600);

const CHARACTER_SET: &str = "SELECT VALUE FROM NLS_DATABASE_PARAMETERS WHERE PARAMETER = 'NLS_CHARACTERSET'";

/// What keeps nobody from working today, and that somebody should know.
#[derive(Default)]
pub struct Cautions(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The warning of the last logon, and when the log was told.
    password: Option<(String, Instant)>,
    /// Whether the database has been asked for its character set.
    asked: bool,
    character_set: Option<String>,
}

impl Cautions {
    /// Notes what the database said as it let somebody in.
    pub fn logged_on(&self, warning: Option<OracleError>) {
        if let Some(caution) = self.password(warning, Instant::now()) {
            tracing::warn!("{caution}");
        }
    }

    /// The caution, where it is time to tell it.
    fn password(&self, warning: Option<OracleError>, now: Instant) -> Option<String> {
        let mut known = self.known();
        let Some(error) = warning.filter(|error| matches!(error.code, Code::Ora(28002 | 28011))) else {
            known.password = None;
            return None;
        };
        let told = known.password.take().map(|(_, told)| told).filter(|told| now - *told < DAY);
        let text = error.to_string();
        let text = text.strip_prefix("OCI Error: ").unwrap_or(&text);
        let caution =
            format!("{text}. Change it by ALTER USER … IDENTIFIED BY …, and ORACLE_PASSWORD with it");
        known.password = Some((caution.clone(), told.unwrap_or(now)));
        told.is_none().then_some(caution)
    }

    /// Asks the database for its character set, once in a process: one round trip. An account that
    /// may not know has no caution.
    pub fn look_at_character_set(&self, database: &mut impl Asked) {
        if self.known().asked {
            return;
        }
        let mut name = None;
        let asked = database.ask(CHARACTER_SET, &mut |row| {
            name = Some(required(row.text(0)?, "VALUE")?.into_owned());
            Ok(())
        });
        match asked {
            Ok(()) => self.character_set(name),
            Err(error @ (DbError::Unavailable(_) | DbError::Away(_))) => {
                tracing::debug!("the database's character set is not known yet: {error}");
            }
            Err(error) => {
                tracing::debug!("the database's character set is not known: {error}");
                self.character_set(None);
            }
        }
    }

    fn character_set(&self, name: Option<String>) {
        let mut known = self.known();
        known.asked = true;
        known.character_set = name.filter(|name| name != "AL32UTF8").map(|name| {
            format!(
                "the database's character set is {name}, not AL32UTF8: characters that it lacks come back as ? \
                 or ¿, and a text that needs more bytes in it than in UTF-8 can be refused"
            )
        });
        if let Some(caution) = &known.character_set {
            tracing::warn!("{caution}");
        }
    }

    /// All that holds now.
    pub fn list(&self) -> Vec<String> {
        let known = self.known();
        let password = known.password.as_ref().map(|(caution, _)| caution.clone());
        password.into_iter().chain(known.character_set.clone()).collect()
    }

    /// Held where nothing can panic.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_expires_is_told_at_once_and_then_each_day_until_it_is_changed() {
        let (cautions, start) = (Cautions::default(), Instant::now());
        let expires = || Some(OracleError::with_code(Code::Ora(28002)));
        let told = |hours, warning| cautions.password(warning, start + hours * DAY / 24).is_some();
        assert!(told(0, expires()));
        assert!(!told(1, expires()) && !told(23, expires()));
        assert!(told(24, expires()));
        assert!(!told(47, expires()));
        assert_eq!(cautions.list().len(), 1);
        assert!(!told(47, None) && cautions.list().is_empty());
        assert!(told(47, expires()));
        let compiled = OracleError::with_code(Code::Ora(24344));
        assert!(!told(48, Some(compiled)) && cautions.list().is_empty());
    }

    #[test]
    fn another_character_set_is_named() {
        let cautions = Cautions::default();
        cautions.character_set(Some("AL32UTF8".into()));
        assert!(cautions.list().is_empty());
        cautions.character_set(Some("WE8ISO8859P15".into()));
        assert!(cautions.list()[0].contains("is WE8ISO8859P15, not AL32UTF8"));
    }
}
