//! The far end of the wire: what an Oracle server would do with each round trip.

pub mod connect_string;
pub mod execution;
pub mod link;
pub mod session;

pub use execution::{Mode, has_lob};
pub use link::Link;
pub use session::Session;
