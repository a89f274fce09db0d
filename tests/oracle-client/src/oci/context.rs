//! What a caller hangs on a session: memory, and values by name. ODPI-C keeps the time of a pooled
//! session's last use there.

use std::collections::HashMap;
use std::ffi::{c_int, c_void};
use std::sync::{Mutex, PoisonError};

use super::answer::{Failure, Result, answer};
use super::{handles, raw};

#[derive(Default)]
pub struct Context {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The addresses are the caller's; they are only handed back.
    values: HashMap<Vec<u8>, usize>,
    /// By address. In words, so that it is aligned for whatever the caller puts there.
    memory: HashMap<usize, Box<[u64]>>,
}

impl Context {
    fn with<T>(&self, body: impl FnOnce(&mut State) -> T) -> T {
        body(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIMemoryAlloc(
    session: *mut c_void,
    error: *mut c_void,
    memory: *mut *mut c_void,
    _duration: u16,
    size: u32,
    _flags: u32,
) -> c_int {
    answer(error, || {
        let session = handles::session(session)?;
        let mut words = vec![0; (size as usize).div_ceil(size_of::<u64>()).max(1)].into_boxed_slice();
        let address = words.as_mut_ptr();
        session.context.with(|state| state.memory.insert(address.expose_provenance(), words));
        // SAFETY: OCI's contract: `memory` takes the address.
        unsafe { raw::put(memory, address.cast()) };
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIMemoryFree(
    session: *mut c_void,
    error: *mut c_void,
    memory: *mut c_void,
) -> c_int {
    answer(error, || {
        let freed = handles::session(session)?.context.with(|state| state.memory.remove(&memory.addr()));
        freed.map(drop).ok_or(Failure::InvalidHandle)
    })
}

/// # Safety
/// OCI's contract: `key` has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIContextSetValue(
    session: *mut c_void,
    error: *mut c_void,
    _duration: u16,
    key: *const u8,
    length: u8,
    value: *mut c_void,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let key = unsafe { raw::bytes(key, length.into()) }.to_vec();
        handles::session(session)?.context.with(|state| state.values.insert(key, value.expose_provenance()));
        Ok(())
    })
}

/// # Safety
/// OCI's contract: `key` has `length` bytes, `value` takes an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIContextGetValue(
    session: *mut c_void,
    error: *mut c_void,
    key: *const u8,
    length: u8,
    value: *mut *mut c_void,
) -> c_int {
    let body = || -> Result {
        // SAFETY: the caller's promise.
        let key = unsafe { raw::bytes(key, length.into()) };
        let kept =
            handles::session(session)?.context.with(|state| state.values.get(key).copied().unwrap_or(0));
        // SAFETY: the caller's promise.
        unsafe { raw::put(value, std::ptr::with_exposed_provenance_mut(kept)) };
        Ok(())
    };
    answer(error, body)
}
