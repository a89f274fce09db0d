//! The pages of an event: its form, what it is for who may not change it, moving and deleting it.

mod back;
mod categories;
mod choices;
mod delete;
mod drawn;
mod edit;
mod form;
mod found;
mod gone;
mod known;
mod new;
mod next_dates;
mod preview;
mod reminders;
mod repeats;
mod said;
mod scope;
mod shift;
mod shown;
mod times;
mod told;
mod written;

use rocket::{Route, routes};

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![
        new::get_new,
        new::post_new,
        preview::get_preview,
        edit::get_event,
        edit::post_event,
        shift::get_move,
        shift::post_move,
        delete::get_delete,
        delete::post_delete,
    ]
}
