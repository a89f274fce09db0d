//! The web page: HTML for people, over the same inputs and functions as the API. Each page is a module with its template; forms
//! and links do everything, and modules of the browser add what forms cannot do.

mod account;
mod again;
mod assets;
mod calendars;
mod color;
mod compressed;
mod events;
mod filled;
mod frame;
mod looks;
mod next;
mod offers;
mod refused;
mod root;
mod sender;
mod sent;
mod settings;
mod sharing;
mod views;
mod visitor;
mod words;
mod zones;

use rocket::Route;

pub use assets::Assets;
pub use compressed::Compressed;
pub use refused::catchers;

/// The module's routes, below `/`.
pub fn routes() -> Vec<Route> {
    [
        root::routes(),
        assets::routes(),
        account::routes(),
        views::routes(),
        calendars::routes(),
        sharing::routes(),
        offers::routes(),
        settings::routes(),
        events::routes(),
    ]
    .concat()
}
