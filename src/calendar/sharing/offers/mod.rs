//! What others offer a person, to the address that is theirs now.

mod answer;
pub mod queries;
mod routes;
pub mod steps;

pub use queries::count;
pub(crate) use routes::{Described, routes};
