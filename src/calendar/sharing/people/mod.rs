//! Finding people to share with.

mod beginning;
pub mod queries;
mod routes;
pub mod steps;

pub use beginning::Beginning;
pub(crate) use routes::{Described, routes};
