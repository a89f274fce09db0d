//! Times on the wire: ISO 8601 in, UTC out.

mod format;
mod parse;
mod schema;

pub use format::{serialize, serialize_with_offset};
pub use parse::parse;
pub use schema::IsoTime;
