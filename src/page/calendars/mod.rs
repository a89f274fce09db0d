//! One's own calendars, and those that others share.

mod change;
mod create;
mod delete;
mod leave;
mod list;
mod one;

use rocket::{Route, routes};

pub use one::CalendarPage;

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![
        list::get_calendars,
        create::post_calendars,
        one::get_calendar,
        change::post_calendar,
        delete::get_delete,
        delete::post_delete,
        leave::post_leave,
    ]
}
