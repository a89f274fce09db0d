//! Persony: a personal calendar service for people whose data lives in Oracle.

pub mod auth;
pub mod config;
pub mod db;
pub mod error;
pub mod time;

mod calendar;
mod common;
mod docs;
mod http;
mod id;
mod start;
mod users;

use figment::Figment;
use rocket::{Build, Rocket};

/// The server that a configuration describes. Everything mounted, attached and caught is here; the
/// state that handlers share is made when Rocket ignites.
pub fn build(figment: Figment) -> Rocket<Build> {
    rocket::custom(figment)
        .attach(start::Start)
        .mount("/", http::with_refusals(common::routes()))
        .mount("/", http::with_refusals(docs::routes()))
        .mount("/api", http::with_refusals(common::routes()))
        .mount("/api/users", http::with_refusals(users::routes()))
        .mount("/api/calendar", http::with_refusals(calendar::routes()))
        .register("/", http::catchers())
}
