use rocket::http::ContentType;
use rocket::{State, get};

use crate::auth::PasswordHasher;
use crate::db::{self, Db};
use crate::http::Error;
use crate::watch::{Connections, Metrics};

/// The metrics in Prometheus' text form. Anybody may read them: they name routes and counts.
///
/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>
#[get("/metrics")]
pub fn get_metrics(
    metrics: &State<Metrics>,
    db: &State<Db>,
    hasher: &State<PasswordHasher>,
) -> Result<(ContentType, String), Error> {
    let db::Connections { open, idle, most } = db.connections();
    metrics.pool.see(Connections { open, idle, most });
    metrics.hashing.see(hasher.queue());
    let text = metrics.text().map_err(|error| Error::internal(error.to_string()))?;
    let form = ContentType::new("text", "plain").with_params([("version", "0.0.4"), ("charset", "utf-8")]);
    Ok((form, text))
}
