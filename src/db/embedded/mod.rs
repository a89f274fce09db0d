//! The embedded engine: SQLite in a file, as strict as Oracle where the contract says so.

mod connection;
mod error;
mod file;
pub mod migrate;
mod row;
mod statement;

pub use connection::EmbeddedConnection;
pub use file::{EmbeddedPool, open};
