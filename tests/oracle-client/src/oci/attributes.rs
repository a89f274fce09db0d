//! OCIAttrGet and OCIAttrSet. They dispatch on the object and not on the handle type passed, which
//! does not always tell the truth: ODPI-C passes 7 for a parameter descriptor.

use std::ffi::{c_char, c_int, c_void};

use super::answer::{Failure, Result, answer};
use super::handles::{self, Object};
use super::raw::{self, Input};
use crate::error::OracleError;

/// The value of an attribute, in the type that OCI documents for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    I8(i8),
    U8(u8),
    I16(i16),
    U16(u16),
    U32(u32),
    U64(u64),
    Pointer(*const c_void),
    /// Address and length in bytes.
    Text(*const c_char, usize),
    /// Address and count of an array.
    Array(*const u64, usize),
}

fn get(handle: *const c_void, attribute: u32) -> Result<Value> {
    let value = match handles::get(handle)? {
        Object::Environment(environment) => environment.get(attribute),
        Object::Error(error) => error.get(attribute),
        Object::Server(server) => server.get(handle, attribute)?,
        Object::Service(service) => service.get(handle, attribute)?,
        Object::Session(session) => session.get(handle, attribute)?,
        Object::Pool(pool) => pool.get(attribute),
        Object::Statement(statement) => statement.get(attribute),
        Object::Bind(bind) => bind.get(attribute),
        Object::Parameter(parameter) => parameter.get(handle, attribute)?,
        Object::Define(_) | Object::DateTime(_) | Object::Lob(_) | Object::Inert => None,
    };
    value.ok_or_else(|| unknown(attribute))
}

fn set(handle: *const c_void, attribute: u32, value: &Input) -> Result {
    let known = match handles::get(handle)? {
        Object::Server(server) => server.set(attribute, value)?,
        Object::Service(service) => service.set(attribute, value)?,
        Object::Session(session) => session.set(attribute, value)?,
        Object::Pool(pool) => pool.set(attribute, value)?,
        Object::Statement(statement) => statement.set(attribute, value)?,
        Object::Bind(bind) => bind.set(attribute, value)?,
        // The character-set form and the LOB prefetch: neither changes what a define receives.
        Object::Define(_) => true,
        Object::Environment(_) | Object::Error(_) | Object::Parameter(_) => false,
        Object::DateTime(_) | Object::Lob(_) | Object::Inert => false,
    };
    if known { Ok(()) } else { Err(unknown(attribute)) }
}

fn unknown(attribute: u32) -> Failure {
    Failure::Oracle(OracleError::new(
        24315,
        format!("illegal attribute type (the stand-in does not know attribute {attribute} of this handle)"),
    ))
}

/// # Safety
/// OCI's contract: `target` has room for the attribute's type, `size` for a length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIAttrGet(
    handle: *const c_void,
    _kind: u32,
    target: *mut c_void,
    size: *mut u32,
    attribute: u32,
    error: *mut c_void,
) -> c_int {
    answer(error, || {
        let value = get(handle, attribute)?;
        let write_text = |start: *const c_void, length: usize| {
            // SAFETY: the caller's promise.
            unsafe {
                raw::put(target.cast(), start);
                raw::put(size, u32::try_from(length).unwrap_or(u32::MAX));
            }
        };
        // SAFETY: the caller's promise; each value has the type that OCI documents.
        unsafe {
            match value {
                Value::I8(value) => raw::put(target.cast(), value),
                Value::U8(value) => raw::put(target.cast(), value),
                Value::I16(value) => raw::put(target.cast(), value),
                Value::U16(value) => raw::put(target.cast(), value),
                Value::U32(value) => raw::put(target.cast(), value),
                Value::U64(value) => raw::put(target.cast(), value),
                Value::Pointer(value) => raw::put(target.cast(), value),
                Value::Text(start, length) => write_text(start.cast(), length),
                Value::Array(start, count) => write_text(start.cast(), count),
            }
        }
        Ok(())
    })
}

/// # Safety
/// OCI's contract: `value` points to what the attribute takes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIAttrSet(
    handle: *mut c_void,
    _kind: u32,
    value: *mut c_void,
    size: u32,
    attribute: u32,
    error: *mut c_void,
) -> c_int {
    // SAFETY: the caller's promise.
    answer(error, || set(handle, attribute, &unsafe { Input::new(value, size) }))
}
