use rocket::http::ContentType;
use rocket::{Route, State, get, routes as list};

use super::Metrics;
use crate::auth::PasswordHasher;
use crate::db::Db;
use crate::error::Error;

/// The module's routes, below `/`.
pub fn routes() -> Vec<Route> {
    list![get_metrics]
}

/// The metrics in Prometheus' text form. Anybody may read them: they name routes and counts.
///
/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>
#[get("/metrics")]
fn get_metrics(
    metrics: &State<Metrics>,
    db: &State<Db>,
    hasher: &State<PasswordHasher>,
) -> Result<(ContentType, String), Error> {
    metrics.pool.see(db.connections());
    metrics.hashing.see(hasher.queue());
    let text = metrics.text().map_err(|error| Error::Internal(error.to_string()))?;
    let form = ContentType::new("text", "plain").with_params([("version", "0.0.4"), ("charset", "utf-8")]);
    Ok((form, text))
}
