//! The web page: HTML for people, over the same inputs and functions as the API. Each page is a module with its template; forms
//! and links do everything, and modules of the browser add what forms cannot do.

mod account;
mod assets;
mod color;
mod compressed;
mod filled;
mod frame;
mod looks;
mod next;
mod refused;
mod root;
mod sender;
mod views;
mod visitor;
mod words;

use rocket::Route;

pub use assets::Assets;
pub use compressed::Compressed;
pub use refused::catchers;

/// The module's routes, below `/`.
pub fn routes() -> Vec<Route> {
    [root::routes(), assets::routes(), account::routes(), views::routes()].concat()
}
