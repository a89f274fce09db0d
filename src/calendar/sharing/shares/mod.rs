//! What a person shares of their own: with whom, and what that lets them do.

mod deleted;
mod draft;
mod limit;
mod of_calendars;
mod of_events;
mod offer;
pub mod queries;
mod share;
mod share_id;
pub mod steps;
mod subject;

use rocket::Route;

pub(crate) use of_calendars::Described as OfCalendarsDescribed;
pub(crate) use of_events::Described as OfEventsDescribed;

pub use draft::ShareDraft;
pub use limit::OfferLimit;
pub use queries::{Counted, copy_shares, lock};
pub use share::{Share, State};
pub use share_id::ShareId;
pub use subject::Subject;

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    [of_calendars::routes(), of_events::routes()].concat()
}
