//! Each person's events.

mod error;
mod event;
mod event_id;
mod export;
mod list;
mod queries;
mod routes;

pub use event::Event;
pub(crate) use export::part as export_part;
pub use list::EventList;
pub use queries::forget_user;
pub(crate) use routes::{Described, routes};
