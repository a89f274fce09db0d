//! The routes of events, below `/api/calendar`.

mod answer;
mod change;
mod create;
mod delete;
mod list;
mod meant;
mod r#move;
mod own;
mod read;
mod target;
mod update;

pub use change::{Read, both, find_occurrence};
pub use create::add_event;
pub use delete::remove_event;
pub use list::list as list_range;
pub use meant::Meant;
pub use read::find as find_event;
use rocket::{Route, routes};
pub use target::Target;
pub use update::change_event;
use utoipa::OpenApi;

use super::edit;

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![
        list::list_events,
        create::create_event,
        read::read_event,
        update::update_event,
        update::patch_event,
        delete::delete_event,
        r#move::move_event,
    ]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(
    list::list_events,
    create::create_event,
    read::read_event,
    update::update_event,
    update::patch_event,
    delete::delete_event,
    r#move::move_event,
))]
pub struct Described;
