//! Sessions: logins on one device each, which refresh tokens prolong, and which can be ended.

mod device;
mod end;
mod error;
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

pub use device::Device;
pub use export::{ExportedSession, part as export_part};
pub use opening::{Issued, Kind, Opening};
pub use recent::is_recent;

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
