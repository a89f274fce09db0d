//! Becoming known, and not: login, registration, logout.

mod login;
mod logout;
mod register;

use rocket::{Route, routes};

/// The module's routes.
pub fn routes() -> Vec<Route> {
    routes![
        login::get_login,
        login::post_login,
        register::get_register,
        register::post_register,
        logout::get_logout,
        logout::post_logout,
    ]
}
