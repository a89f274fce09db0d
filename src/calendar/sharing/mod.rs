//! Calendars and events that their owners let others see, and the people they share with.
//!
//! A share is offered to an address and counts once whoever has that address has accepted it. What it lets one do is
//! asked for in the statements that read and write events and calendars ([`reach`]).

mod access;
mod error;
mod export;
mod forget;
mod hold;
mod offers;
mod people;
mod person;
#[cfg(test)]
mod plans;
pub mod reach;
mod shared;
mod shares;
mod version;

pub use access::Access;
pub use error::{Forbidden, NoAccess};
pub use export::parts as export_parts;
pub use forget::forget_user as forget_offers;
pub use hold::{hold_calendar, hold_event};
pub use offers::count as count_offers;
pub(crate) use offers::{Described as OffersDescribed, routes as offer_routes};
pub(crate) use people::{Described as PeopleDescribed, routes as people_routes};
pub use person::Person;
pub use shared::{NOT_SHARED, SHARED_COLUMNS, SHARED_WIDTH, Shared, read_access, read_levels};
pub(crate) use shares::{OfCalendarsDescribed, OfEventsDescribed, routes};
pub use shares::{OfferLimit, copy_shares};
pub use version::ShareVersion;

// What the page does.
pub use error::NoSuchShare;
pub(crate) use offers::steps as offer_steps;
pub(crate) use people::{Beginning, steps as people_steps};
pub(crate) use shares::{Counted, Share, ShareDraft, ShareId, State, Subject, steps as share_steps};
