//! Accounts: registration and login.

mod address_limits;
mod email;
mod error;
mod in_flight;
mod login;
mod queries;
mod register;
mod settings;
mod sweep;
mod throttle;

use rocket::{Route, routes};
use utoipa::OpenApi;

use crate::jobs::Job;

pub use address_limits::AddressLimits;
pub use register::describe_settings;
pub use settings::{Keys as SettingsKeys, Settings};
pub use throttle::LoginThrottle;

/// The module's routes, below `/api/users`.
pub fn routes() -> Vec<Route> {
    routes![register::register_user, login::log_in_user]
}

/// What the module does in the background.
pub fn jobs() -> Vec<Job> {
    vec![sweep::sweep_login_failures()]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(register::register_user, login::log_in_user))]
pub struct Described;
