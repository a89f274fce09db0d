//! Each person's calendars and events.

pub mod calendars;
pub mod changes;
mod edit;
mod error;
mod event;
mod event_id;
mod export;
mod form;
mod list;
mod queries;
mod ranged;
mod routes;
mod series;
mod sharing;
mod shown;
mod store;
mod values;
mod whole;

use rocket::Route;

use crate::export::Part;
use crate::jobs::Job;

pub(crate) use calendars::Described as CalendarsDescribed;
pub(crate) use changes::Described as ChangesDescribed;
pub use event::Event;
pub use list::EventList;
pub use queries::forget_user;
pub(crate) use routes::Described;
pub(crate) use sharing::{
    OfCalendarsDescribed, OfEventsDescribed, OffersDescribed, PeopleDescribed, people_routes,
};
pub use sharing::{OfferLimit, count_offers, forget_offers};
pub use store::DatabaseName;

// What the page shows and does.
pub(crate) use calendars::{
    Access as CalendarAccess, Calendar, CalendarId, MoveTo, NoSuchCalendar, create_calendar, delete_calendar,
    list_calendars, patch_calendar, read_calendar,
};
pub(crate) use edit::EventPatch;
pub(crate) use error::NoSuchEvent;
pub(crate) use event_id::EventId;
pub(crate) use form::{SeenEvent, SeenSeries, Upcoming, find_seen, preview_change, preview_new};
pub(crate) use list::Sink;
pub(crate) use ranged::{Days, Filter, Text, Wanted, Window};
pub(crate) use routes::{Meant, Read, Target, add_event, change_event, find_event, list_range, remove_event};
pub(crate) use series::{Along, RecurrenceId};
pub(crate) use sharing::{
    Access, Beginning, Counted, NoAccess, NoSuchShare, Person, Share, ShareDraft, ShareId,
    State as ShareState, Subject, offer_steps, people_steps, share_steps,
};
pub(crate) use store::StoredEvent;
pub(crate) use values::{Method, Reminder, ShowAs, Status, Values, Visibility};
pub(crate) use whole::WholeEvent;

/// The module's routes, below `/api/calendar`.
pub(crate) fn routes() -> Vec<Route> {
    [routes::routes(), calendars::routes(), changes::routes(), sharing::routes(), sharing::offer_routes()]
        .concat()
}

/// What the feature knows of a person.
pub(crate) fn export_parts() -> Vec<Part> {
    let [events, exceptions] = export::parts();
    let [shares, received] = sharing::export_parts();
    vec![calendars::export_part(), events, exceptions, shares, received]
}

/// What the feature does in the background.
pub(crate) fn jobs() -> Vec<Job> {
    changes::jobs()
}
