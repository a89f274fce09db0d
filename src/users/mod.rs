//! Accounts: registration and login.

mod email;
mod in_flight;
mod login;
mod queries;
mod register;
mod throttle;

use rocket::{Route, routes};
use utoipa::OpenApi;

pub use throttle::LoginThrottle;

/// The module's routes, below `/api/users`.
pub fn routes() -> Vec<Route> {
    routes![register::register_user, login::log_in_user]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(register::register_user, login::log_in_user))]
pub struct Described;
