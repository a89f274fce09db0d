//! Finding people to share with.

mod beginning;
pub mod queries;
mod routes;

pub(crate) use routes::{Described, routes};
