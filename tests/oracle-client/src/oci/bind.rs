//! Binds: the placeholders of a statement and the buffers behind them.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::answer::{CONTINUE, Failure, Result, answer};
use super::array::{Array, NULL, Room, write_pieces};
use super::attributes::Value as Attribute;
use super::buffer::{Place, kind};
use super::handles::{self, Object};
use super::raw::{self, Input};
use super::statement::Target;
use crate::error::OracleError;
use crate::messages;
use crate::value::Value;

const ATTR_CHARSET_ID: u32 = 31;
const ATTR_CHARSET_FORM: u32 = 32;
const ATTR_MAXDATA_SIZE: u32 = 33;
const ATTR_ROWS_RETURNED: u32 = 42;

const MODE_DATA_AT_EXEC: u32 = 2;
const ONE_PIECE: u8 = 0;
/// The form of NCHAR and NVARCHAR2 values. Their bytes are in the national character set, which
/// here is the same UTF-8.
pub const FORM_NCHAR: u8 = 2;

/// The bytes that a VARCHAR2 holds at most, unless the database says MAX_STRING_SIZE=EXTENDED.
pub const VARCHAR2: usize = 4000;

type InCallback = unsafe extern "C" fn(
    context: *mut c_void,
    bind: *mut c_void,
    iteration: u32,
    index: u32,
    value: *mut *mut c_void,
    length: *mut u32,
    piece: *mut u8,
    indicator: *mut *mut i16,
) -> i32;

type OutCallback = unsafe extern "C" fn(
    context: *mut c_void,
    bind: *mut c_void,
    iteration: u32,
    index: u32,
    value: *mut *mut c_void,
    length: *mut *mut u32,
    piece: *mut u8,
    indicator: *mut *mut i16,
    code: *mut *mut u16,
) -> i32;

#[derive(Clone, Copy)]
struct Callbacks {
    input_context: *mut c_void,
    input: Option<InCallback>,
    output_context: *mut c_void,
    output: Option<OutCallback>,
}

// SAFETY: the contexts are only handed back to the caller's own functions, within its call.
unsafe impl Send for Callbacks {}

pub struct Bind {
    state: Mutex<State>,
}

struct State {
    array: Array,
    /// Values are asked for and handed out while the statement executes.
    dynamic: bool,
    callbacks: Option<Callbacks>,
    form: u8,
    rows_returned: u32,
}

impl Bind {
    fn new(array: Array, dynamic: bool) -> Self {
        Self { state: Mutex::new(State { array, dynamic, callbacks: None, form: 1, rows_returned: 0 }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_national(&self) -> bool {
        self.state().form == FORM_NCHAR
    }

    /// Whether its texts have more room than a VARCHAR2.
    pub fn is_wide(&self) -> bool {
        let array = self.state().array;
        array.kind == kind::CHR && array.size > VARCHAR2
    }

    pub fn get(&self, attribute: u32) -> Option<Attribute> {
        match attribute {
            ATTR_ROWS_RETURNED => Some(Attribute::U32(self.state().rows_returned)),
            ATTR_CHARSET_FORM => Some(Attribute::U8(self.state().form)),
            _ => None,
        }
    }

    pub fn set(&self, attribute: u32, value: &Input) -> Result<bool> {
        match attribute {
            ATTR_CHARSET_FORM => self.state().form = value.u8()?,
            ATTR_CHARSET_ID | ATTR_MAXDATA_SIZE => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The value that this bind carries in, for one iteration of the statement. No lock is held
    /// while the caller's function runs: it asks for attributes of this bind.
    pub fn input(&self, handle: *mut c_void, iteration: u32) -> Result<Value> {
        let (array, callbacks) = self.buffers()?;
        let Some(callbacks) = callbacks else {
            // SAFETY: OCI's contract for the arrays that were bound.
            return unsafe { array.read(iteration as usize) };
        };
        let input = callbacks.input.ok_or_else(|| messages::error(1008))?;
        let mut start = ptr::null_mut();
        let (mut length, mut piece, mut indicator) = (0, ONE_PIECE, ptr::null_mut());
        // SAFETY: the function and its context are what the caller registered for this bind.
        let status = unsafe {
            input(
                callbacks.input_context,
                handle,
                iteration,
                0,
                &mut start,
                &mut length,
                &mut piece,
                &mut indicator,
            )
        };
        check(status)?;
        // SAFETY: the caller's function points to a value of the bind's type, `length` bytes of it.
        unsafe {
            if start.is_null() || (!indicator.is_null() && indicator.read() == NULL) {
                return Ok(Value::Null);
            }
            Place { kind: array.kind, start, size: length as usize }.read()
        }
    }

    /// Hands out what `RETURNING` gave for one iteration. Without a row nobody is called.
    pub fn output(&self, handle: *mut c_void, iteration: u32, values: &[&Value]) -> Result {
        let (array, callbacks) = self.buffers()?;
        self.state().rows_returned = values.len() as u32;
        let Some(callbacks) = callbacks else {
            if let Some(value) = values.first() {
                // SAFETY: OCI's contract for the arrays that were bound.
                unsafe { array.write(iteration as usize, value) }?;
            }
            return Ok(());
        };
        let output = callbacks.output.ok_or_else(|| messages::error(1008))?;
        for (index, value) in values.iter().enumerate() {
            let room = |mut piece| {
                let mut start = ptr::null_mut();
                let (mut length, mut indicator, mut code) =
                    (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
                // SAFETY: the function and its context are what the caller registered for this bind;
                // it points to room for a value, and tells how much.
                unsafe {
                    check(output(
                        callbacks.output_context,
                        handle,
                        iteration,
                        index as u32,
                        &mut start,
                        &mut length,
                        &mut piece,
                        &mut indicator,
                        &mut code,
                    ))?;
                    let size = if length.is_null() { array.size } else { length.read() as usize };
                    Ok(Room { place: Place { kind: array.kind, start, size }, indicator, length, code })
                }
            };
            // SAFETY: as above.
            unsafe { write_pieces(array.size, value, room) }?;
        }
        Ok(())
    }

    fn buffers(&self) -> Result<(Array, Option<Callbacks>)> {
        let state = self.state();
        if state.dynamic && state.callbacks.is_none() {
            return Err(Failure::Oracle(messages::error(1008)));
        }
        Ok((state.array, state.callbacks.filter(|_| state.dynamic)))
    }
}

fn check(status: i32) -> Result {
    match status {
        CONTINUE => Ok(()),
        // The caller's function has told its own caller what went wrong.
        _ => Err(Failure::Oracle(OracleError::new(24343, "user defined callback error"))),
    }
}

/// Registers a bind with its statement, or gives the placeholder it had new buffers.
fn bind(statement: *mut c_void, out: *mut *mut c_void, target: Target, array: Array, mode: u32) -> Result {
    let owner = handles::statement(statement)?;
    if !owner.has(&target) {
        return Err(Failure::Oracle(messages::error(1036)));
    }
    let dynamic = mode & MODE_DATA_AT_EXEC != 0;
    let token = match owner.bind(&target) {
        Some((token, known)) => {
            *known.state() = State { array, dynamic, callbacks: None, form: 1, rows_returned: 0 };
            token
        }
        None => {
            let new = Arc::new(Bind::new(array, dynamic));
            let token = handles::allocate(statement, Object::Bind(new.clone()))?;
            owner.add_bind(target, token, new);
            token
        }
    };
    // SAFETY: OCI's contract: `out` takes the bind's handle.
    unsafe { raw::put(out, handles::pointer(token)) };
    Ok(())
}

/// # Safety
/// OCI's contract: the name has `length` bytes; the buffers stay as long as the bind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIBindByName2(
    statement: *mut c_void,
    bind_handle: *mut *mut c_void,
    error: *mut c_void,
    name: *const u8,
    length: i32,
    values: *mut c_void,
    size: i64,
    kind: u16,
    indicators: *mut i16,
    lengths: *mut u32,
    codes: *mut u16,
    _most: u32,
    _elements: *mut u32,
    mode: u32,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let name = unsafe { raw::text(name, usize::try_from(length).unwrap_or(0)) }?;
        let size = usize::try_from(size).unwrap_or(0);
        let array = Array { kind, values, size, indicators, lengths, codes };
        bind(statement, bind_handle, Target::named(name), array, mode)
    })
}

/// # Safety
/// OCI's contract: the buffers stay as long as the bind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIBindByPos2(
    statement: *mut c_void,
    bind_handle: *mut *mut c_void,
    error: *mut c_void,
    position: u32,
    values: *mut c_void,
    size: i64,
    kind: u16,
    indicators: *mut i16,
    lengths: *mut u32,
    codes: *mut u16,
    _most: u32,
    _elements: *mut u32,
    mode: u32,
) -> c_int {
    answer(error, || {
        let size = usize::try_from(size).unwrap_or(0);
        let array = Array { kind, values, size, indicators, lengths, codes };
        bind(statement, bind_handle, Target::Position(position as usize), array, mode)
    })
}

/// # Safety
/// OCI's contract: the functions take what the types say, with these contexts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIBindDynamic(
    bind: *mut c_void,
    error: *mut c_void,
    input_context: *mut c_void,
    input: Option<InCallback>,
    output_context: *mut c_void,
    output: Option<OutCallback>,
) -> c_int {
    answer(error, || {
        let callbacks = Callbacks { input_context, input, output_context, output };
        handles::bind(bind)?.state().callbacks = Some(callbacks);
        Ok(())
    })
}
