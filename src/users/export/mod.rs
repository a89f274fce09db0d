//! What is known of an account for its person to take along, and the route that hands out all that is known of a
//! person.

mod document;
mod parts;
mod queries;
pub mod routes;

pub use parts::parts;
pub use routes::{Download, take_along};
