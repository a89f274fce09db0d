//! Defines: the buffers into which a fetch puts its columns.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::answer::{CONTINUE, Failure, Result, answer};
use super::array::{Array, Room, write_pieces};
use super::buffer::Place;
use super::handles::{self, Object};
use super::raw;
use crate::error::OracleError;
use crate::messages;
use crate::value::Value;

const MODE_DYNAMIC_FETCH: u32 = 2;

type Callback = unsafe extern "C" fn(
    context: *mut c_void,
    define: *mut c_void,
    row: u32,
    value: *mut *mut c_void,
    length: *mut *mut u32,
    piece: *mut u8,
    indicator: *mut *mut i16,
    code: *mut *mut u16,
) -> i32;

pub struct Define {
    state: Mutex<State>,
}

#[derive(Clone, Copy)]
struct State {
    array: Array,
    dynamic: bool,
    callback: Option<(*mut c_void, Callback)>,
}

// SAFETY: the context is only handed back to the caller's own function, within its call.
unsafe impl Send for State {}

impl Define {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a column's value into the row's buffer. Says whether it was cut, which is for the
    /// caller to see in the return code; one that asked for no return codes gets the error itself.
    pub fn fetch(&self, handle: *mut c_void, row: u32, value: &Value) -> Result<bool> {
        let State { array, dynamic, callback } = *self.state();
        let (cut, codes) = if dynamic {
            let (context, callback) = callback.ok_or_else(|| messages::error(1002))?;
            let room = |mut piece| {
                let mut start = ptr::null_mut();
                let (mut length, mut indicator, mut code) =
                    (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
                // SAFETY: the function and its context are what the caller registered; it points to
                // room for a value and tells how much.
                unsafe {
                    let status = callback(
                        context,
                        handle,
                        row,
                        &mut start,
                        &mut length,
                        &mut piece,
                        &mut indicator,
                        &mut code,
                    );
                    if status != CONTINUE {
                        return Err(Failure::Oracle(OracleError::new(24343, "user defined callback error")));
                    }
                    let size = if length.is_null() { array.size } else { length.read() as usize };
                    Ok(Room { place: Place { kind: array.kind, start, size }, indicator, length, code })
                }
            };
            let mut codes = ptr::null_mut();
            let noted = |piece| {
                let room = room(piece)?;
                codes = room.code;
                Ok(room)
            };
            // SAFETY: as above.
            let cut = unsafe { write_pieces(array.size, value, noted) }?;
            (cut, codes)
        } else {
            // SAFETY: OCI's contract for the arrays that were defined: one element a row.
            (unsafe { array.write(row as usize, value) }?, array.codes)
        };
        if cut && codes.is_null() { Err(Failure::Oracle(messages::error(1406))) } else { Ok(cut) }
    }
}

/// # Safety
/// OCI's contract: the buffers stay as long as the define, with an element for each row of a fetch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDefineByPos2(
    statement: *mut c_void,
    define: *mut *mut c_void,
    error: *mut c_void,
    position: u32,
    values: *mut c_void,
    size: u64,
    kind: u16,
    indicators: *mut i16,
    lengths: *mut u32,
    codes: *mut u16,
    mode: u32,
) -> c_int {
    answer(error, || {
        let owner = handles::statement(statement)?;
        let array = Array { kind, values, size: size as usize, indicators, lengths, codes };
        let state = State { array, dynamic: mode & MODE_DYNAMIC_FETCH != 0, callback: None };
        let token = match owner.define(position) {
            Some((token, known)) => {
                *known.state() = state;
                token
            }
            None => {
                let new = Arc::new(Define { state: Mutex::new(state) });
                let token = handles::allocate(statement, Object::Define(new.clone()))?;
                owner.add_define(position, token, new);
                token
            }
        };
        // SAFETY: the caller's promise: `define` takes the handle.
        unsafe { raw::put(define, handles::pointer(token)) };
        Ok(())
    })
}

/// # Safety
/// OCI's contract: the function takes what its type says, with this context.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDefineDynamic(
    define: *mut c_void,
    error: *mut c_void,
    context: *mut c_void,
    callback: Option<Callback>,
) -> c_int {
    answer(error, || {
        let define = handles::define(define)?;
        define.state().callback = callback.map(|callback| (context, callback));
        Ok(())
    })
}
