//! Signs of life.

use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use crate::db::{Connection, Db, DbError, required};
use crate::error::Error;

/// The module's routes; they answer with `/api` and without.
pub fn routes() -> Vec<Route> {
    routes![get_health, get_db_ping]
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

#[derive(Serialize)]
struct DatabasePing {
    database: String,
}

/// The database answers.
#[get("/db-ping")]
async fn get_db_ping(db: &State<Db>) -> Result<Json<DatabasePing>, Error> {
    let database = db.run_before_schema("db_ping", select_ok).await?;
    Ok(Json(DatabasePing { database }))
}

fn select_ok(db: &mut Connection<'_>) -> Result<String, DbError> {
    let answer = db.row("SELECT 'OK' FROM DUAL", &[], |row| required(row.text(0)?, "'OK'"))?;
    required(answer, "DUAL")
}
