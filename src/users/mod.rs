//! Accounts: registration and login.

mod email;
mod login;
mod queries;
mod register;

use rocket::{Route, routes};

/// The module's routes, below `/api/users`.
pub fn routes() -> Vec<Route> {
    routes![register::register_user, login::log_in_user]
}
