//! Statements out of the cache and back into it, and the names of their placeholders.

use std::ffi::{c_char, c_int, c_void};
use std::sync::Arc;

use super::answer::{Failure, Result, answer};
use super::handles::{self, Object, Token};
use super::statement::{self, Statement};
use super::{raw, session};
use crate::error::OracleError;

const CACHE_DELETE: u32 = 0x10;

fn prepare(service: *mut c_void, text: &str, tag: &str) -> Result<Token> {
    let connection = session::connection_of(service)?;
    if let Some(idle) = connection.take_idle(text, tag) {
        return Ok(idle);
    }
    if text.is_empty() {
        return Err(Failure::Oracle(OracleError::new(24373, "invalid length specified for statement")));
    }
    let statement = Arc::new(Statement::new(connection.clone(), text));
    let token = handles::allocate(service, Object::Statement(statement))?;
    connection.add_used(token);
    Ok(token)
}

/// # Safety
/// OCI's contract: text and tag have the lengths given, `statement` takes a handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIStmtPrepare2(
    service: *mut c_void,
    statement: *mut *mut c_void,
    error: *mut c_void,
    text: *const u8,
    length: u32,
    tag: *const u8,
    tag_length: u32,
    _language: u32,
    _mode: u32,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let (text, tag) =
            unsafe { (raw::text(text, length as usize)?, raw::text(tag, tag_length as usize)?) };
        let token = prepare(service, text, tag)?;
        // SAFETY: the caller's promise.
        unsafe { raw::put(statement, handles::pointer(token)) };
        Ok(())
    })
}

/// # Safety
/// OCI's contract: the tag has the length given.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIStmtRelease(
    statement: *mut c_void,
    error: *mut c_void,
    tag: *const u8,
    tag_length: u32,
    mode: u32,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let tag = unsafe { raw::text(tag, tag_length as usize) }?;
        let released = handles::statement(statement)?;
        released.forget_buffers();
        let forget = mode & CACHE_DELETE != 0;
        let text = &released.parsed.text;
        for surplus in released.connection.give_back(handles::token(statement), text, tag, forget) {
            statement::free(surplus);
        }
        Ok(())
    })
}

/// The placeholders from the `start`th on, as many as there is room for. `found` is their number
/// in all, negative while some are left.
///
/// # Safety
/// OCI's contract: each array has room for `size` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIStmtGetBindInfo(
    statement: *mut c_void,
    error: *mut c_void,
    size: u32,
    start: u32,
    found: *mut i32,
    names: *mut *const c_char,
    lengths: *mut u8,
    indicators: *mut *const c_char,
    indicator_lengths: *mut u8,
    duplicates: *mut u8,
    binds: *mut *mut c_void,
) -> c_int {
    answer(error, || {
        let statement = handles::statement(statement)?;
        let all = &statement.names;
        let first = (start.max(1) - 1) as usize;
        if first >= all.len() {
            return Err(Failure::NoData);
        }
        let last = all.len().min(first + size as usize);
        for (slot, index) in (first..last).enumerate() {
            let name = &all[index];
            let handle =
                statement.bound(index + 1, &statement.parsed.binds[index]).map_or(0, |(token, _)| token);
            // SAFETY: the caller's promise; the names live as long as the statement.
            unsafe {
                raw::put(names.add(slot), name.as_ptr());
                raw::put(lengths.add(slot), name.as_bytes().len() as u8);
                raw::put(indicators.add(slot), c"".as_ptr());
                raw::put(indicator_lengths.add(slot), 0);
                raw::put(duplicates.add(slot), all[..index].contains(name).into());
                raw::put(binds.add(slot), handles::pointer(handle));
            }
        }
        let total = all.len() as i32;
        // SAFETY: the caller's promise.
        unsafe { raw::put(found, if last < all.len() { -total } else { total }) };
        Ok(())
    })
}
