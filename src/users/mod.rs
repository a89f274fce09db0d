//! Accounts: registration, login, and what people see and change of their own.

mod address_limits;
mod email;
mod error;
mod export;
mod login;
mod me;
mod queries;
mod register;
mod settings;
mod sweep;
mod throttle;

use rocket::{Route, routes};
use utoipa::OpenApi;

use crate::jobs::Job;

pub use address_limits::AddressLimits;
pub use export::parts as export_parts;
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
        export::routes::export_account,
    ]
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
    export::routes::export_account,
))]
pub struct Described;
