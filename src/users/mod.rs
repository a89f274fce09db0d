//! Accounts: registration, login, and what people see and change of their own.

mod address_limits;
mod authenticate;
mod email;
mod error;
mod login;
mod me;
mod operators;
mod queries;
mod register;
mod session;
mod settings;
mod sweep;
mod throttle;

use rocket::{Route, routes};
use utoipa::OpenApi;

use crate::jobs::Job;

pub use address_limits::AddressLimits;
pub use operators::{NotDone, Operators};
pub use register::describe_settings;
pub use settings::{Keys as SettingsKeys, Settings};
pub use throttle::LoginThrottle;

/// The module's routes, below `/api/users`.
pub fn routes() -> Vec<Route> {
    routes![
        register::register_user,
        login::log_in_user,
        me::routes::read_profile,
        me::routes::patch_profile,
        me::activity::list_activity
    ]
}

/// The one for browsers, below `/api`.
pub fn cookie_routes() -> Vec<Route> {
    routes![session::begin_cookie_session]
}

/// What the module does in the background.
pub fn jobs() -> Vec<Job> {
    vec![sweep::sweep_login_failures()]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(
    register::register_user,
    login::log_in_user,
    me::routes::read_profile,
    me::routes::patch_profile,
    me::activity::list_activity,
))]
pub struct Described;

/// What it says of the one for browsers.
#[derive(OpenApi)]
#[openapi(paths(session::begin_cookie_session))]
pub struct CookiesDescribed;
