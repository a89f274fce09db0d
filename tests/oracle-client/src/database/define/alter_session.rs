//! ALTER SESSION SET.

use std::time::Duration;

use crate::database::Database;
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::values::{picture, timestamp};
use crate::error::OracleError;

impl Database {
    /// Each setting either takes effect, is what this stand-in does anyway, or is refused.
    pub(in crate::database) fn alter_session(
        &mut self,
        settings: &[(String, String)],
    ) -> Result<(), OracleError> {
        for (name, value) in settings {
            match name.as_str() {
                "TIME_ZONE" => self.shared.lock().time_zone = timestamp::zone(value)?,
                "CURRENT_SCHEMA" => {
                    if !self.catalog.accounts.contains_key(value) {
                        return Err(ora(1435));
                    }
                    self.schema = value.clone();
                }
                "DDL_LOCK_TIMEOUT" => {
                    let seconds = value.parse::<u64>().ok().filter(|seconds| *seconds <= 1_000_000);
                    self.ddl_lock_timeout = Duration::from_secs(seconds.ok_or_else(|| ora(2017))?);
                }
                "CONTAINER" => self.set_container(value)?,
                "NLS_TIMESTAMP_TZ_FORMAT" => {
                    picture::elements(value)?;
                    self.shared.lock().timestamp_tz_format = value.clone();
                }
                // Formats of types that are not here.
                "NLS_DATE_FORMAT" | "NLS_TIMESTAMP_FORMAT" => {
                    picture::elements(value)?;
                }
                "NLS_SORT" | "NLS_COMP" if value.eq_ignore_ascii_case("BINARY") => {}
                "NLS_NUMERIC_CHARACTERS" if value == ".," => {}
                "NLS_LANGUAGE" | "NLS_DATE_LANGUAGE" if value.eq_ignore_ascii_case("AMERICAN") => {}
                "NLS_TERRITORY" if value.eq_ignore_ascii_case("AMERICA") => {}
                "NLS_LENGTH_SEMANTICS" if value.eq_ignore_ascii_case("BYTE") => {}
                "NLS_CALENDAR" if value.eq_ignore_ascii_case("GREGORIAN") => {}
                _ if name.starts_with("NLS_") => {
                    return Err(unimplemented_feature(format_args!("ALTER SESSION SET {name} = {value}")));
                }
                _ => return Err(ora(2248)),
            }
        }
        Ok(())
    }

    /// There is one pluggable database, under either of the names that Oracle's images give it.
    fn set_container(&mut self, name: &str) -> Result<(), OracleError> {
        let allowed =
            self.catalog.accounts.get(&self.user).is_some_and(|account| account.has("SET CONTAINER"));
        match name.to_uppercase().as_str() {
            _ if !allowed => Err(ora(1031)),
            "XEPDB1" | "FREEPDB1" => Ok(()),
            _ => Err(OracleError::new(65011, format_args!("Pluggable database {name} does not exist."))),
        }
    }
}
