//! What the program does: a module for each of its commands.

pub mod check;
pub mod jobs;
pub mod logging;
pub mod migrate;
mod open_files;
pub mod serve;

use std::process::ExitCode;

/// Ends with a message for the person who started it.
pub fn fail(message: String) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
