//! Each person's events.

mod event;
mod list;
mod queries;
mod routes;

pub use event::Event;
pub use list::EventList;
pub(crate) use routes::{Described, routes};
