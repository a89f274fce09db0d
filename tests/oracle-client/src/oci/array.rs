//! The buffers of a bind or a define: a value, an indicator, a length and a return code a row.

use std::ffi::c_void;

use super::answer::Result;
use super::buffer::{Place, Written, is_descriptor, kind};
use super::raw;
use crate::messages;
use crate::value::Value;

pub const NULL: i16 = -1;
pub const NOT_NULL: i16 = 0;
/// The return code of a value that was wider than its buffer.
pub const TRUNCATED: u16 = 1406;

#[derive(Debug, Clone, Copy)]
pub struct Array {
    pub kind: u16,
    pub values: *mut c_void,
    /// Bytes between one value and the next.
    pub size: usize,
    pub indicators: *mut i16,
    pub lengths: *mut u32,
    pub codes: *mut u16,
}

// SAFETY: the pointers are only followed within a call of the thread that owns the buffers then; in
// between they are numbers.
unsafe impl Send for Array {}

impl Array {
    /// # Safety
    /// The arrays have an element `index`, and the value there is of the array's type.
    pub unsafe fn read(&self, index: usize) -> Result<Value> {
        // SAFETY: the caller's promise.
        unsafe {
            if !self.indicators.is_null() && self.indicators.add(index).read() == NULL {
                return Ok(Value::Null);
            }
            let mut place = self.place(index);
            if !self.lengths.is_null() {
                place.size = self.lengths.add(index).read() as usize;
            }
            place.read()
        }
    }

    /// Writes a value with all that belongs to it. Says whether it was cut.
    ///
    /// # Safety
    /// The arrays have an element `index`, with room for a value of the array's type.
    pub unsafe fn write(&self, index: usize, value: &Value) -> Result<bool> {
        // SAFETY: the caller's promise.
        unsafe {
            let element = |array: *mut i16| if array.is_null() { array } else { array.add(index) };
            let length = if self.lengths.is_null() { self.lengths } else { self.lengths.add(index) };
            let code = if self.codes.is_null() { self.codes } else { self.codes.add(index) };
            write_value(&self.place(index), value, element(self.indicators), length, code)
        }
    }

    unsafe fn place(&self, index: usize) -> Place {
        if is_descriptor(self.kind) {
            // SAFETY: the caller's promise; a type with descriptors has an array of their handles.
            let start = unsafe { self.values.cast::<*mut c_void>().add(index).read_unaligned() };
            return Place { kind: self.kind, start, size: self.size };
        }
        // SAFETY: the caller's promise.
        Place { kind: self.kind, start: unsafe { self.values.byte_add(index * self.size) }, size: self.size }
    }
}

/// Memory that a caller's function handed out, for a value or a piece of one.
pub struct Room {
    pub place: Place,
    pub indicator: *mut i16,
    pub length: *mut u32,
    pub code: *mut u16,
}

/// The width of a buffer that grows: its caller hands out one piece of memory after another.
const UNBOUNDED: usize = i32::MAX as usize;
const ONE_PIECE: u8 = 0;
const NEXT_PIECE: u8 = 2;

/// Writes a value into memory that the caller's function hands out for each piece. `size` is the
/// width that was told with the bind or the define. Says whether the value was cut.
///
/// # Safety
/// Each room is as [`write_value`] wants it.
pub unsafe fn write_pieces(
    size: usize,
    value: &Value,
    mut room: impl FnMut(u8) -> Result<Room>,
) -> Result<bool> {
    let first = room(ONE_PIECE)?;
    let bytes = match (value, first.place.kind) {
        (Value::Text(text), kind::CHR | kind::LNG) => text.as_bytes(),
        (Value::Bytes(bytes), kind::BIN) => bytes,
        _ => &[],
    };
    if size < UNBOUNDED || bytes.len() <= first.place.size {
        // SAFETY, here and below: the caller's promise.
        return unsafe { write_value(&first.place, value, first.indicator, first.length, first.code) };
    }
    let (mut rest, mut piece) = (bytes, first);
    loop {
        let (now, later) = rest.split_at(rest.len().min(piece.place.size));
        unsafe {
            piece.place.start.cast::<u8>().copy_from_nonoverlapping(now.as_ptr(), now.len());
            raw::put(piece.indicator, NOT_NULL);
            raw::put(piece.length, now.len() as u32);
            raw::put(piece.code, 0);
        }
        if later.is_empty() {
            return Ok(false);
        }
        (rest, piece) = (later, room(NEXT_PIECE)?);
        if piece.place.size == 0 {
            return Err(messages::error(1406).into());
        }
    }
}

/// # Safety
/// The place has room for a value of its type; the other pointers are null or may be written to.
pub unsafe fn write_value(
    place: &Place,
    value: &Value,
    indicator: *mut i16,
    length: *mut u32,
    code: *mut u16,
) -> Result<bool> {
    // An uninitialised return code would be read as an error, so each is set.
    // SAFETY, here and below: the caller's promise.
    unsafe { raw::put(code, 0) };
    if matches!(value, Value::Null) || matches!(value, Value::Text(text) if text.is_empty()) {
        unsafe {
            raw::put(indicator, NULL);
            raw::put(length, 0);
        }
        return Ok(false);
    }
    let written = unsafe { place.write(value) }?;
    unsafe {
        match written {
            Written::Whole(bytes) => {
                raw::put(indicator, NOT_NULL);
                raw::put(length, bytes as u32);
                Ok(false)
            }
            Written::Truncated(needed) => {
                // The indicator tells the length that would have been needed.
                raw::put(indicator, i16::try_from(needed).unwrap_or(-2));
                raw::put(length, place.size as u32);
                raw::put(code, TRUNCATED);
                Ok(true)
            }
        }
    }
}
