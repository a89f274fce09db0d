//! Signs of life.

mod metrics;

use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::db::{Db, Ready};
use crate::http::Error;
use crate::http::responses::{Broken, Unavailable};

/// The module's routes; they answer with `/api` and without.
pub fn routes() -> Vec<Route> {
    routes![get_health, get_ready, get_db_ping]
}

/// The routes for operators, below `/`.
pub fn operators_routes() -> Vec<Route> {
    routes![metrics::get_metrics]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(get_health, get_ready, get_db_ping))]
pub struct Described;

#[derive(Serialize, ToSchema)]
struct Health {
    #[schema(example = "OK 🚀")]
    status: &'static str,
}

/// Whether the server serves
///
/// The database is not asked. `GET /health` answers the same.
#[utoipa::path(
    tag = "common",
    responses((status = 200, description = "It does", body = Health)),
)]
#[get("/health")]
fn get_health() -> Json<Health> {
    Json(Health { status: "OK 🚀" })
}

/// Whether requests will be served
///
/// The database answers, and has the schema that this version needs. `GET /ready` answers the same.
#[utoipa::path(
    tag = "common",
    responses((status = 200, description = "They will", body = Health), Broken, Unavailable),
)]
#[get("/ready")]
async fn get_ready(db: &State<Db>) -> Result<Json<Health>, Error> {
    match db.ready().await? {
        Ready::Yes => Ok(Json(Health { status: "ready" })),
        // The log has been told by who looked.
        Ready::NotMigrated => Err(Error::new(
            Status::ServiceUnavailable,
            "database",
            "The schema of the database is not in order yet",
        )),
    }
}

#[derive(Serialize, ToSchema)]
struct DatabasePing {
    #[schema(example = "OK")]
    database: String,
}

/// Whether the database answers
///
/// `GET /db-ping` answers the same.
#[utoipa::path(
    tag = "common",
    responses((status = 200, description = "It does", body = DatabasePing), Broken, Unavailable),
)]
#[get("/db-ping")]
async fn get_db_ping(db: &State<Db>) -> Result<Json<DatabasePing>, Error> {
    let database = db.ping("db_ping").await?;
    Ok(Json(DatabasePing { database }))
}
