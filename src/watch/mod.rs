//! What operators see: a line of the log for each request, and metrics.

mod fairing;
mod metrics;
mod record;
mod request_id;
mod settings;
mod watched;

pub use fairing::{Watch, salvage};
pub use metrics::{Connections, HashingMetrics, JobMetrics, Metrics, PoolMetrics};
pub use record::{DatabaseWork, Record};
pub use request_id::{HEADER as REQUEST_ID, RequestId};
pub use settings::{Keys as SettingsKeys, LogFormat};
pub use watched::{saw_user, saw_work, watched};

/// What stands for the route of a request that no route matched: its path could be anything.
pub const UNMATCHED: &str = "unmatched";

/// The pattern of the route that a request was matched with, never its path.
pub fn route_pattern<'r>(request: &'r rocket::Request<'_>) -> &'r str {
    request.route().map_or(UNMATCHED, |route| route.uri.as_str())
}
