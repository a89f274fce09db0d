//! Times on the wire: ISO 8601 in, UTC out.

mod format;
mod parse;

pub use format::{serialize, serialize_with_offset};
pub use parse::parse;
