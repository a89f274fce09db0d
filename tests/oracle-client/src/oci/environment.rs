//! Environments, the allocation of handles in them, and what they know about character sets.

use std::collections::HashSet;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::{Arc, Mutex, PoisonError};

use super::answer::{self, Failure, Result, answer};
use super::attributes::Value;
use super::error::ErrorHandle;
use super::handles::{self, Object};
use super::lob::Lob;
use super::pool::Pool;
use super::raw;
use super::server::Server;
use super::session::{Service, UserSession};
use super::timestamp::DateTime;

/// AL32UTF8, both as the character set and as the national one.
pub const CHARSET: u16 = 873;
const MOST_BYTES_IN_A_CHARACTER: i32 = 4;

const ATTR_CHARSET_ID: u32 = 31;
const ATTR_NCHARSET_ID: u32 = 262;

const HTYPE_ERROR: u32 = 2;
const HTYPE_SVCCTX: u32 = 3;
const HTYPE_SERVER: u32 = 8;
const HTYPE_SESSION: u32 = 9;
const HTYPE_SPOOL: u32 = 27;
const DTYPE_LOB: u32 = 50;
const DTYPE_TIMESTAMP: u32 = 68;
const DTYPE_TIMESTAMP_LTZ: u32 = 70;

#[derive(Default)]
pub struct Environment {
    /// Names that callers hold pointers to: they must outlive the descriptor they were read from,
    /// the next execution and the statement, so they stay as long as the environment.
    names: Mutex<HashSet<CString>>,
}

impl Environment {
    /// The name at an address that stays valid until the environment is freed.
    pub fn keep(&self, name: &str) -> Value {
        let name = CString::new(name).unwrap_or_default();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.contains(&name) {
            names.insert(name.clone());
        }
        let kept = names.get(&name).expect("inserted just now");
        Value::Text(kept.as_ptr(), kept.as_bytes().len())
    }

    pub fn get(&self, attribute: u32) -> Option<Value> {
        matches!(attribute, ATTR_CHARSET_ID | ATTR_NCHARSET_ID).then_some(Value::U16(CHARSET))
    }
}

fn handle_of(kind: u32) -> Object {
    match kind {
        HTYPE_ERROR => Object::Error(Arc::new(ErrorHandle::default())),
        HTYPE_SVCCTX => Object::Service(Arc::new(Service::default())),
        HTYPE_SERVER => Object::Server(Arc::new(Server::default())),
        HTYPE_SESSION => Object::Session(Arc::new(UserSession::default())),
        HTYPE_SPOOL => Object::Pool(Arc::new(Pool::new())),
        _ => Object::Inert,
    }
}

fn descriptor_of(kind: u32) -> Object {
    match kind {
        DTYPE_TIMESTAMP..=DTYPE_TIMESTAMP_LTZ => Object::DateTime(Arc::new(DateTime::default())),
        DTYPE_LOB => Object::Lob(Arc::new(Lob::default())),
        _ => Object::Inert,
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIClientVersion(
    major: *mut c_int,
    minor: *mut c_int,
    update: *mut c_int,
    patch: *mut c_int,
    port_update: *mut c_int,
) {
    // SAFETY: OCI's contract: pointers to integers.
    unsafe {
        raw::put(major, 21);
        raw::put(minor, 12);
        raw::put(update, 0);
        raw::put(patch, 0);
        raw::put(port_update, 0);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIEnvNlsCreate(
    handle: *mut *mut c_void,
    _mode: u32,
    _context: *mut c_void,
    _allocate: *mut c_void,
    _reallocate: *mut c_void,
    _free: *mut c_void,
    _extra: usize,
    _extra_memory: *mut *mut c_void,
    charset: u16,
    ncharset: u16,
) -> c_int {
    // 0 asks for the character set of NLS_LANG; the stand-in has one.
    if [charset, ncharset].iter().any(|id| ![0, CHARSET].contains(id)) {
        return answer::ERROR;
    }
    answer::guard(answer::ERROR, || {
        let token = handles::allocate_environment(Environment::default());
        // SAFETY: OCI's contract: `handle` takes the new environment.
        unsafe { raw::put(handle, handles::pointer(token)) };
        answer::SUCCESS
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIHandleAlloc(
    parent: *const c_void,
    handle: *mut *mut c_void,
    kind: u32,
    _extra: usize,
    _extra_memory: *mut *mut c_void,
) -> c_int {
    answer(std::ptr::null_mut(), || {
        let token = handles::allocate(parent, handle_of(kind))?;
        // SAFETY: OCI's contract: `handle` takes the new one.
        unsafe { raw::put(handle, handles::pointer(token)) };
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIHandleFree(handle: *mut c_void, _kind: u32) -> c_int {
    answer(std::ptr::null_mut(), || handles::free(handle))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDescriptorAlloc(
    parent: *const c_void,
    descriptor: *mut *mut c_void,
    kind: u32,
    _extra: usize,
    _extra_memory: *mut *mut c_void,
) -> c_int {
    answer(std::ptr::null_mut(), || {
        let token = handles::allocate(parent, descriptor_of(kind))?;
        // SAFETY: OCI's contract: `descriptor` takes the new one.
        unsafe { raw::put(descriptor, handles::pointer(token)) };
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDescriptorFree(descriptor: *mut c_void, _kind: u32) -> c_int {
    answer(std::ptr::null_mut(), || handles::free(descriptor))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIArrayDescriptorAlloc(
    parent: *const c_void,
    descriptors: *mut *mut c_void,
    kind: u32,
    count: u32,
    _extra: usize,
    _extra_memory: *mut *mut c_void,
) -> c_int {
    answer(std::ptr::null_mut(), || {
        let tokens = handles::allocate_array(parent, count, || descriptor_of(kind))?;
        for (index, token) in tokens.into_iter().enumerate() {
            // SAFETY: OCI's contract: `descriptors` has room for `count` pointers.
            unsafe { raw::put(descriptors.add(index), handles::pointer(token)) };
        }
        Ok(())
    })
}

/// Frees an array without being told its length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIArrayDescriptorFree(descriptors: *mut *mut c_void, _kind: u32) -> c_int {
    answer(std::ptr::null_mut(), || {
        if descriptors.is_null() {
            return Err(Failure::InvalidHandle);
        }
        // SAFETY: OCI's contract: the array that OCIArrayDescriptorAlloc filled.
        let first = unsafe { descriptors.read() };
        handles::free_array(handles::token(first))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCINlsNumericInfoGet(
    _environment: *mut c_void,
    error: *mut c_void,
    value: *mut i32,
    _item: u16,
) -> c_int {
    answer(error, || {
        // SAFETY: OCI's contract: `value` takes an integer.
        unsafe { raw::put(value, MOST_BYTES_IN_A_CHARACTER) };
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCINlsCharSetNameToId(_environment: *mut c_void, name: *const c_char) -> u16 {
    if name.is_null() {
        return 0;
    }
    // SAFETY: OCI's contract: a string that ends in a zero.
    let name = unsafe { CStr::from_ptr(name) };
    let is_utf_8 = [c"AL32UTF8", c"UTF8", c"UTF-8"]
        .iter()
        .any(|known| name.to_bytes().eq_ignore_ascii_case(known.to_bytes()));
    if is_utf_8 { CHARSET } else { 0 }
}

/// NLS_LANG's character set: the only one there is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCINlsEnvironmentVariableGet(
    value: *mut c_void,
    _size: usize,
    _item: u16,
    _charset: u16,
    length: *mut usize,
) -> c_int {
    let body = || -> Result {
        // SAFETY: OCI's contract for the two items that ask for a character set: a 16-bit number.
        unsafe {
            raw::put(value.cast::<u16>(), CHARSET);
            raw::put(length, size_of::<u16>());
        }
        Ok(())
    };
    answer(std::ptr::null_mut(), body)
}
