//! Persony: a personal calendar service for people whose data lives in Oracle.

pub mod auth;
pub mod calendar;
pub mod config;
pub mod db;
pub mod text;
pub mod time;

mod common;
mod docs;
mod document;
mod http;
mod id;
mod settings;
mod start;
mod users;
mod watch;

use figment::Figment;
use rocket::shield::Shield;
use rocket::{Build, Rocket};

/// The server that a configuration describes. Everything mounted, attached and caught is here; the
/// state that handlers share is made when Rocket ignites.
pub fn build(figment: Figment) -> Rocket<Build> {
    rocket::custom(figment)
        .attach(start::Start)
        // Before all that looks at the method.
        .attach(http::MethodAsSent)
        .attach(watch::Watch)
        // Empty: it would add its own headers to ours.
        .attach(Shield::new())
        .attach(http::SecurityHeaders)
        .mount("/", http::with_refusals(common::operators_routes()))
        .mount("/", http::with_refusals(common::routes()))
        .mount("/", http::with_refusals(docs::routes()))
        .mount("/api", http::with_refusals(common::routes()))
        .mount("/api/users", http::with_refusals(users::routes()))
        .mount("/api/calendar", http::with_refusals(calendar::routes()))
        .register("/", http::catchers())
}
