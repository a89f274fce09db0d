//! Error handles, and the call that reads them.

use std::ffi::{c_char, c_int, c_void};
use std::sync::{Mutex, PoisonError};

use super::answer::{ERROR, INVALID_HANDLE, NO_DATA, SUCCESS};
use super::attributes::Value;
use super::{handles, raw};
use crate::error::OracleError;

const ATTR_DML_ROW_OFFSET: u32 = 74;
const ATTR_ERROR_IS_RECOVERABLE: u32 = 472;

#[derive(Default)]
pub struct ErrorHandle {
    last: Mutex<Option<OracleError>>,
}

impl ErrorHandle {
    pub fn record(&self, error: OracleError) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn last(&self) -> Option<OracleError> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn get(&self, attribute: u32) -> Option<Value> {
        match attribute {
            ATTR_DML_ROW_OFFSET => Some(Value::U32(0)),
            // Application Continuity is not offered, so no error is recoverable.
            ATTR_ERROR_IS_RECOVERABLE => Some(Value::U32(0)),
            _ => None,
        }
    }
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
    let Ok(handle) = handles::error(handle) else { return INVALID_HANDLE };
    if record != 1 {
        return NO_DATA;
    }
    let Some(error) = handle.last() else { return NO_DATA };
    if message.is_null() || size == 0 {
        return ERROR;
    }
    // OCI ends each message with a line feed, and cuts it where the buffer ends.
    let mut text = error.message + "\n";
    let mut length = text.len().min(size as usize - 1);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    text.truncate(length);
    // SAFETY: the caller's promise; `length` is less than `size`.
    unsafe {
        raw::put(code, error.code);
        message.copy_from_nonoverlapping(text.as_ptr(), length);
        raw::put(message.add(length), 0);
    }
    SUCCESS
}
