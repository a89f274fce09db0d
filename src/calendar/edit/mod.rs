//! Changes of events: values in, values out. What is read before and written after is in `store`.

mod delete;
mod following;
mod occurrence;
mod patch;
mod refused;
mod throughout;
mod whole;

#[cfg(test)]
mod tests;

pub use delete::{Deleted, delete_following, delete_occurrence};
pub use following::{Changed, change_following};
pub use occurrence::change_occurrence;
pub use patch::EventPatch;
pub use refused::{NoSuchOccurrence, Refused};
pub use throughout::change_throughout;
pub use whole::{change_whole, new_event};
