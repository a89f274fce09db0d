//! ALTER SESSION SET.

use std::time::Duration;

use crate::database::Database;
use crate::database::messages::{ora, unimplemented_feature};
use crate::error::OracleError;

impl Database {
    /// A setting takes effect, or is refused.
    pub(in crate::database) fn alter_session(
        &mut self,
        settings: &[(String, String)],
    ) -> Result<(), OracleError> {
        for (name, value) in settings {
            match name.as_str() {
                "DDL_LOCK_TIMEOUT" => {
                    let seconds = value.parse::<u64>().ok().filter(|seconds| *seconds <= 1_000_000);
                    self.ddl_lock_timeout = Duration::from_secs(seconds.ok_or_else(|| ora(2017))?);
                }
                "TIME_ZONE" | "CURRENT_SCHEMA" | "CONTAINER" => return Err(refused(name, value)),
                _ if name.starts_with("NLS_") => return Err(refused(name, value)),
                _ => return Err(ora(2248)),
            }
        }
        Ok(())
    }
}

fn refused(name: &str, value: &str) -> OracleError {
    unimplemented_feature(format_args!("ALTER SESSION SET {name} = {value}"))
}
