//! Accounts: registration, login, what people see and change of their own, and the end of an account.

mod address_limits;
mod authenticate;
mod closing;
mod error;
mod export;
mod login;
mod me;
pub mod operations;
mod operators;
mod password;
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
pub use authenticate::Logins;
pub use closing::{Forget, erase_by_password};
pub use export::{Download, parts as export_parts, take_along};
pub use me::{ActivityKey, Profile, activity_key, change_account, find_profile, list_activity};
pub use operators::{NotDone, Operators};
pub use password::{PasswordCheck, replace_password};
pub use register::{describe_settings, register};
pub use session::log_in;
pub use settings::{Keys as SettingsKeys, Settings};
pub use throttle::LoginThrottle;

/// The module's routes, below `/api/users`.
pub fn routes() -> Vec<Route> {
    routes![
        register::register_user,
        login::log_in_user,
        me::routes::read_profile,
        me::routes::patch_profile,
        password::routes::change_password,
        closing::routes::erase_account,
        closing::routes::delete_account,
        me::activity::list_activity,
        export::routes::export_account,
        export::routes::export_account_by_password,
    ]
}

/// The one for browsers, below `/api`.
pub fn cookie_routes() -> Vec<Route> {
    routes![session::begin_cookie_session]
}

/// What the module does in the background. Features whose tables can hold many rows of one person say how those are
/// deleted.
pub fn jobs(forgets: &'static [Forget]) -> Vec<Job> {
    vec![sweep::sweep_login_failures(), closing::purge_accounts(forgets)]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(
    register::register_user,
    login::log_in_user,
    me::routes::read_profile,
    me::routes::patch_profile,
    password::routes::change_password,
    closing::routes::erase_account,
    closing::routes::delete_account,
    me::activity::list_activity,
    export::routes::export_account,
    export::routes::export_account_by_password,
))]
pub struct Described;

/// What it says of the one for browsers.
#[derive(OpenApi)]
#[openapi(paths(session::begin_cookie_session))]
pub struct CookiesDescribed;
