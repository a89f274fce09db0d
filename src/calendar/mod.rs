//! Each person's events.

mod event;
mod queries;
mod routes;

pub use routes::{Described, routes};
