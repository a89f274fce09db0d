//! The audit log: who did what to an account, when, from where, and with which session. What is done is
//! written down in the unit of work that does it.

mod act;
mod entry;
mod export;
mod queries;

pub use act::Act;
pub use entry::Entry;
pub use export::{ExportedEntry, part as export_part};
