//! What the program does: a module for each of its commands.

pub mod check;
pub mod jobs;
pub mod logging;
pub mod migrate;
mod open_files;
pub mod operators;
pub mod serve;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// Ends with a message for the person who started it.
pub fn fail(message: String) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

/// Prints to who may have stopped reading, as `head` does: what nobody reads is none of our troubles.
pub fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
