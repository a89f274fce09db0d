//! What others offer.

mod answer;
mod list;

use rocket::{Route, routes};

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![list::get_offers, answer::post_answer]
}
