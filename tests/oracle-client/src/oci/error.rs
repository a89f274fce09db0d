//! Error handles, and the call that reads them.

use std::ffi::{c_char, c_int, c_void};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::answer::{ERROR, INVALID_HANDLE, NO_DATA, SUCCESS, guard};
use super::attributes::Value;
use super::{handles, raw};
use crate::error::OracleError;

const ATTR_DML_ROW_OFFSET: u32 = 74;
const ATTR_ERROR_IS_RECOVERABLE: u32 = 472;

#[derive(Default)]
pub struct ErrorHandle {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<OracleError>,
    /// The iteration in which the last error happened.
    row: u32,
    /// The errors of the last array DML, by the number of their iteration.
    batch: Vec<(u32, OracleError)>,
}

impl ErrorHandle {
    pub fn record(&self, error: OracleError) {
        let mut state = self.state();
        state.last = Some(error);
        state.row = 0;
    }

    /// Keeps the errors of an array DML for OCIParamGet.
    pub fn keep_batch(&self, errors: Vec<(u32, OracleError)>) {
        self.state().batch = errors;
    }

    /// Makes another handle tell one of the kept errors; `index` counts from 0. Says whether there is one.
    pub fn tell_batch_error(&self, index: usize, other: &Self) -> bool {
        let Some((row, error)) = self.state().batch.get(index).cloned() else { return false };
        other.record(error);
        other.state().row = row;
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn last(&self) -> Option<OracleError> {
        self.state().last.clone()
    }

    pub fn get(&self, attribute: u32) -> Option<Value> {
        match attribute {
            ATTR_DML_ROW_OFFSET => Some(Value::U32(self.state().row)),
            // Application Continuity is not offered, so no error is recoverable.
            ATTR_ERROR_IS_RECOVERABLE => Some(Value::U32(0)),
            _ => None,
        }
    }
}

/// What OCI hands out: a message ends with a line feed, and is cut where the buffer ends.
fn text_for(error: &OracleError, size: usize) -> String {
    let mut text = format!("{}\n", error.message);
    let mut length = text.len().min(size - 1);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    text.truncate(length);
    text
}

/// # Safety
/// `message` has room for `size` bytes; `code` points to an integer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIErrorGet(
    handle: *mut c_void,
    record: u32,
    _sqlstate: *mut c_char,
    code: *mut i32,
    message: *mut u8,
    size: u32,
    _kind: u32,
) -> c_int {
    guard(ERROR, || {
        let Ok(handle) = handles::error(handle) else { return INVALID_HANDLE };
        let Some(error) = handle.last().filter(|_| record == 1) else { return NO_DATA };
        if message.is_null() || size == 0 {
            return ERROR;
        }
        let text = text_for(&error, size as usize);
        // SAFETY: the caller's promise; the text is shorter than the buffer.
        unsafe {
            raw::put(code, error.code);
            message.copy_from_nonoverlapping(text.as_ptr(), text.len());
            raw::put(message.add(text.len()), 0);
        }
        SUCCESS
    })
}
