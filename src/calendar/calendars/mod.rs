//! The calendars that a person's events are in.

mod calendar;
mod calendar_id;
mod create;
pub mod default;
mod delete;
mod draft;
mod error;
mod export;
mod list;
mod lock;
mod move_to;
mod patch;
#[cfg(test)]
mod plans;
mod queries;
mod routes;
mod shown;
mod steps;
mod zone;

pub use calendar::{Access, Calendar};
pub use calendar_id::CalendarId;
pub use error::{NoSuchCalendar, NotFound};
pub use export::part as export_part;
pub use list::list;
pub use lock::{Locked, lock};
pub use move_to::MoveTo;
pub use queries::{find, forget_user};
pub(crate) use routes::{Described, routes};
pub(crate) use steps::{
    create as create_calendar, delete as delete_calendar, list as list_calendars, patch as patch_calendar,
    read as read_calendar,
};
