//! Memory that belongs to the caller.

use std::ffi::c_void;
use std::slice;

use super::answer::{Failure, Result};
use crate::messages;

/// Writes through an out parameter; a null one means that the caller does not care.
///
/// # Safety
/// `target` is null or points to writable memory of `T`'s size.
pub unsafe fn put<T>(target: *mut T, value: T) {
    if !target.is_null() {
        // Unaligned, because attributes go through untyped pointers.
        // SAFETY: the caller's promise.
        unsafe { target.write_unaligned(value) }
    }
}

/// The bytes of a string argument; none for a null pointer.
///
/// # Safety
/// `start` is null or points to `length` readable bytes that stay as they are during the call.
pub unsafe fn bytes<'a>(start: *const u8, length: usize) -> &'a [u8] {
    if start.is_null() || length == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(start, length) }
}

/// A string argument in UTF-8, the one character set that this client offers.
///
/// # Safety
/// As for [`bytes`].
pub unsafe fn text<'a>(start: *const u8, length: usize) -> Result<&'a str> {
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes(start, length) };
    std::str::from_utf8(bytes).map_err(|_| messages::error(29275).into())
}

/// The value that an attribute is set to: its type depends on the attribute.
pub struct Input {
    value: *const c_void,
    size: u32,
}

impl Input {
    /// # Safety
    /// `value` points to what OCI documents for the attribute that it is read as: `size` bytes for a
    /// text, the integer for a number; a handle is the pointer itself.
    pub unsafe fn new(value: *const c_void, size: u32) -> Self {
        Self { value, size }
    }

    pub fn handle(&self) -> *const c_void {
        self.value
    }

    pub fn text(&self) -> Result<String> {
        // SAFETY: promised in `new`.
        unsafe { text(self.value.cast(), self.size as usize) }.map(str::to_owned)
    }

    pub fn u8(&self) -> Result<u8> {
        self.read()
    }

    pub fn u32(&self) -> Result<u32> {
        self.read()
    }

    fn read<T: Copy>(&self) -> Result<T> {
        if self.value.is_null() {
            return Err(Failure::InvalidHandle);
        }
        // SAFETY: promised in `new`.
        Ok(unsafe { self.value.cast::<T>().read_unaligned() })
    }
}
