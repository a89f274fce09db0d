//! With whom calendars and events are shared: what the pages of both have alike, in two steps, of which the second one shows
//! what the other will see.

mod access;
mod asked;
mod confirm;
mod event;
mod of_calendars;
mod of_events;
mod preview;
mod section;
mod shown;
mod steps;

use rocket::{Route, routes};

pub use access::received;
pub use asked::Asked;
pub use event::Described;
pub use section::Section;

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![
        of_calendars::get_share,
        of_calendars::post_share,
        of_calendars::post_access,
        of_calendars::post_stop,
        of_events::get_share,
        of_events::post_share,
        of_events::post_access,
        of_events::post_stop,
    ]
}
