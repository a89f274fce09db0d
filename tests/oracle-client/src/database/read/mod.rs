//! Reading a statement's text: tokens, reserved words, and what a client knows before executing.

mod prepare;
pub mod reserved;
mod scan;
mod token;

pub use prepare::prepare;
pub use scan::scan;
pub use token::{Token, Word};
