//! What a session keeps beside its connection to SQLite.

mod file;
mod locks;
mod sequences;
mod state;
mod transaction;

pub use file::{PATIENCE, companion_folder, open};
pub use locks::Locks;
pub use state::Shared;
pub use transaction::Transaction;
