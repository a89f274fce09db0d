//! How a call ends: the status codes of OCI, and the error that the caller reads afterwards.

use std::any::Any;
use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::handles;
use crate::error::OracleError;

pub const SUCCESS: c_int = 0;
pub const SUCCESS_WITH_INFO: c_int = 1;
pub const NO_DATA: c_int = 100;
pub const ERROR: c_int = -1;
pub const INVALID_HANDLE: c_int = -2;
/// What a callback returns to go on.
pub const CONTINUE: c_int = -24200;

/// Everything but plain success.
#[derive(Debug)]
pub enum Failure {
    InvalidHandle,
    NoData,
    /// The call succeeded, with a remark.
    Warning(OracleError),
    Oracle(OracleError),
}

impl From<OracleError> for Failure {
    fn from(error: OracleError) -> Self {
        Self::Oracle(error)
    }
}

pub type Result<T = ()> = std::result::Result<T, Failure>;

/// Runs the body of an exported function. A panic must not unwind into C: it becomes an ORA-00600.
pub fn answer(error: *mut c_void, body: impl FnOnce() -> Result) -> c_int {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return SUCCESS,
        Ok(Err(failure)) => failure,
        Err(panic) => Failure::Oracle(internal(panic.as_ref())),
    };
    let (status, cause) = match failure {
        Failure::InvalidHandle => return INVALID_HANDLE,
        Failure::NoData => (NO_DATA, OracleError::new(1403, "no data found")),
        Failure::Warning(cause) => (SUCCESS_WITH_INFO, cause),
        Failure::Oracle(cause) => (ERROR, cause),
    };
    if let Ok(handle) = handles::error(error) {
        handle.record(cause);
    }
    status
}

/// The same for a function that has no error handle to report to.
pub fn guard<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(fallback)
}

fn internal(panic: &(dyn Any + Send)) -> OracleError {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    OracleError::new(600, format!("internal error code, arguments: [stand-in], [{text}]"))
}
