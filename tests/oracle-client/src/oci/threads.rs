//! Values of a thread, for which ODPI-C keeps its error buffers: the system's own keys.

use std::ffi::{c_int, c_void};

use super::answer::{self, Failure, answer};
use super::{handles, raw};
use crate::error::OracleError;

/// What the system calls with a thread's value when the thread ends.
type Destructor = unsafe extern "C" fn(*mut c_void);

#[unsafe(no_mangle)]
pub extern "C" fn OCIThreadProcessInit() {}

/// # Safety
/// OCI's contract: `key` takes the new key; `destructor` may be called with any value set for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIThreadKeyInit(
    _environment: *mut c_void,
    error: *mut c_void,
    key: *mut *mut c_void,
    destructor: Option<Destructor>,
) -> c_int {
    answer(error, || {
        let mut created: libc::pthread_key_t = 0;
        // SAFETY: `created` takes the key; the destructor is the caller's promise.
        let status = unsafe { libc::pthread_key_create(&mut created, destructor) };
        if status != 0 {
            return Err(Failure::Oracle(OracleError::new(24280, "invalid input value for parameter key")));
        }
        // A key's number may be 0, which as a pointer would look like no key at all.
        let handle = handles::pointer(created as usize + 1);
        // SAFETY: the caller's promise.
        unsafe { raw::put(key, handle) };
        Ok(())
    })
}

/// # Safety
/// OCI's contract: `key` points to a key that OCIThreadKeyInit made.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIThreadKeyDestroy(
    _environment: *mut c_void,
    _error: *mut c_void,
    key: *mut *mut c_void,
) -> c_int {
    if key.is_null() {
        return answer::INVALID_HANDLE;
    }
    // SAFETY: the caller's promise.
    unsafe {
        let handle = key.read();
        raw::put(key, std::ptr::null_mut());
        status(libc::pthread_key_delete(number(handle)))
    }
}

/// # Safety
/// OCI's contract: `value` takes an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIThreadKeyGet(
    _environment: *mut c_void,
    _error: *mut c_void,
    key: *mut c_void,
    value: *mut *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise; for a key that does not exist the system answers null.
    unsafe { raw::put(value, libc::pthread_getspecific(number(key))) };
    answer::SUCCESS
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIThreadKeySet(
    _environment: *mut c_void,
    _error: *mut c_void,
    key: *mut c_void,
    value: *mut c_void,
) -> c_int {
    // SAFETY: the value is only kept and handed back; a key that does not exist is an error.
    status(unsafe { libc::pthread_setspecific(number(key), value) })
}

fn number(key: *mut c_void) -> libc::pthread_key_t {
    key.addr().wrapping_sub(1) as libc::pthread_key_t
}

fn status(code: c_int) -> c_int {
    if code == 0 { answer::SUCCESS } else { answer::ERROR }
}
