//! LOB locators, for a caller who asks for a text as one: the locator holds the whole text, and to
//! read it is no round trip, where Oracle needs one.

use std::ffi::{c_int, c_void};
use std::sync::{Mutex, PoisonError};

use super::answer::answer;
use super::{handles, raw};

#[derive(Default)]
pub struct Lob {
    text: Mutex<String>,
}

impl Lob {
    pub fn text(&self) -> String {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn fill(&self, text: String) {
        *self.text.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCILobGetLength2(
    _service: *mut c_void,
    error: *mut c_void,
    lob: *mut c_void,
    length: *mut u64,
) -> c_int {
    answer(error, || {
        let characters = handles::lob(lob)?.text().chars().count();
        // SAFETY: OCI's contract: `length` takes a number.
        unsafe { raw::put(length, characters as u64) };
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCILobIsTemporary(
    _environment: *mut c_void,
    error: *mut c_void,
    lob: *mut c_void,
    temporary: *mut c_int,
) -> c_int {
    answer(error, || {
        handles::lob(lob)?;
        // SAFETY: OCI's contract: `temporary` takes a truth value.
        unsafe { raw::put(temporary, 0) };
        Ok(())
    })
}

/// Reads in one piece, from the `offset`th character on, counted from 1.
///
/// # Safety
/// OCI's contract: `buffer` has room for `size` bytes; the amounts are in and out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCILobRead2(
    _service: *mut c_void,
    error: *mut c_void,
    lob: *mut c_void,
    bytes: *mut u64,
    characters: *mut u64,
    offset: u64,
    buffer: *mut u8,
    size: u64,
    _piece: u8,
    _context: *mut c_void,
    _callback: *mut c_void,
    _charset: u16,
    _form: u8,
) -> c_int {
    answer(error, || {
        let text = handles::lob(lob)?.text();
        // SAFETY: the caller's promise.
        let wanted = if characters.is_null() { u64::MAX } else { unsafe { characters.read() } };
        let mut piece = String::new();
        let mut count = 0;
        for character in text.chars().skip(offset.saturating_sub(1) as usize) {
            if count == wanted || piece.len() + character.len_utf8() > size as usize {
                break;
            }
            piece.push(character);
            count += 1;
        }
        // SAFETY: the caller's promise; the piece is at most `size` bytes.
        unsafe {
            if !buffer.is_null() {
                buffer.copy_from_nonoverlapping(piece.as_ptr(), piece.len());
            }
            raw::put(bytes, piece.len() as u64);
            raw::put(characters, count);
        }
        Ok(())
    })
}
