//! Sessions: logins on one device each, which refresh tokens prolong, and which can be ended.

mod cookies;
mod end;
mod end_all;
mod ending;
mod error;
mod exchange;
mod export;
mod list;
mod logout;
mod opening;
mod queries;
mod recent;
mod refresh;
mod session_id;
mod sweep;

use rocket::{Route, routes};
use utoipa::OpenApi;

use crate::jobs::Job;

pub use crate::http::Device;
pub use end::{end_one, end_others};
pub use end_all::{Ended, EndingAll, end_all_but, this_second_is_over};
pub use ending::Ending;
pub use error::NoSuchSession;
pub use exchange::Exchange;
pub use export::{ExportedSession, part as export_part};
pub use list::{Session, list_own};
pub use logout::end as log_out;
pub use opening::{Issued, Kind, Opening};
pub use queries::list_sessions;
pub use recent::is_recent_login;
pub use session_id::SessionId;

/// The module's routes, below `/api/users`.
pub fn routes() -> Vec<Route> {
    routes![
        refresh::refresh_session,
        logout::log_out,
        list::list_sessions,
        end::end_session,
        end::end_other_sessions,
    ]
}

/// Those for browsers, below `/api`.
pub fn cookie_routes() -> Vec<Route> {
    routes![cookies::refresh_cookies, cookies::end_cookie_session]
}

/// What the module does in the background.
pub fn jobs() -> Vec<Job> {
    vec![sweep::sweep_sessions(), sweep::sweep_revoked_tokens()]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(
    refresh::refresh_session,
    logout::log_out,
    list::list_sessions,
    end::end_session,
    end::end_other_sessions,
))]
pub struct Described;

/// What it says of those for browsers.
#[derive(OpenApi)]
#[openapi(paths(cookies::refresh_cookies, cookies::end_cookie_session))]
pub struct CookiesDescribed;
