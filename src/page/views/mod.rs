//! What a person sees of their time: month, week, day and agenda.

pub mod address;
pub mod agenda;
mod columns;
pub mod entry;
mod go;
mod link;
mod month;
mod read;
mod search;
mod shown;
mod side;
mod toolbar;

use rocket::{Route, routes};

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![
        go::get_today,
        go::get_go,
        month::get_month,
        columns::get_week,
        columns::get_day,
        agenda::get_agenda,
        search::get_search,
        shown::post_shown,
    ]
}
