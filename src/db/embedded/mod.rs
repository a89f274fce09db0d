//! The embedded engine: SQLite in a file, as strict as Oracle where the contract says so. Reads run
//! side by side; one thread writes, in groups.

mod connection;
mod error;
mod file;
mod group;
mod line;
pub mod migrate;
mod pool;
mod private;
mod row;
mod statement;
mod writer;

pub use connection::EmbeddedConnection;
pub use file::open;
pub use line::Task;
pub use pool::EmbeddedPool;
pub use private::close_to_others;
pub use writer::Writer;
