//! Signs of life.

use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use crate::db::{Db, Ready};
use crate::error::Error;

/// The module's routes; they answer with `/api` and without.
pub fn routes() -> Vec<Route> {
    routes![get_health, get_ready, get_db_ping]
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// The process serves requests. The database is not asked.
#[get("/health")]
fn get_health() -> Json<Health> {
    Json(Health { status: "OK 🚀" })
}

/// The database answers, and has the schema that this version needs: requests will be served.
#[get("/ready")]
async fn get_ready(db: &State<Db>) -> Result<Json<Health>, Error> {
    match db.ready().await? {
        Ready::Yes => Ok(Json(Health { status: "ready" })),
        Ready::NotMigrated => Err(Error::NotMigrated),
    }
}

#[derive(Serialize)]
struct DatabasePing {
    database: String,
}

/// The database answers.
#[get("/db-ping")]
async fn get_db_ping(db: &State<Db>) -> Result<Json<DatabasePing>, Error> {
    let database = db.ping("db_ping").await?;
    Ok(Json(DatabasePing { database }))
}
