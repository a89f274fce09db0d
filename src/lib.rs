//! Persony: a personal calendar service for people whose data lives in Oracle.

pub mod audit;
pub mod auth;
pub mod calendar;
pub mod config;
pub mod db;
pub mod export;
pub mod http;
pub mod jobs;
pub mod listener;
pub mod preferences;
pub mod text;
pub mod time;

mod common;
mod docs;
mod document;

mod id;
mod page;
mod sessions;
mod settings;
mod start;
mod users;
mod watch;

use figment::Figment;
use rocket::shield::Shield;
use rocket::{Build, Rocket};

pub use start::{jobs_alone, operators_alone, whole_export};
pub use users::{NotDone, Operators, operations};

/// The server that a configuration describes. Everything mounted, attached and caught is here; the
/// state that handlers share is made when Rocket ignites.
pub fn build(figment: Figment) -> Rocket<Build> {
    rocket::custom(figment)
        .attach(start::Start)
        .attach(watch::Watch)
        // Empty: the listener sets headers of ours.
        .attach(Shield::new())
        .attach(auth::SetCookies)
        .attach(page::Compressed)
        .mount("/", http::with_refusals(common::operators_routes()))
        .mount("/", http::with_refusals(common::routes()))
        .mount("/", http::with_refusals(docs::routes()))
        .mount("/api", http::with_refusals(common::routes()))
        .mount("/api/users", http::with_refusals(users::routes()))
        .mount("/api/users", http::with_refusals(sessions::routes()))
        .mount("/api", http::with_refusals(calendar::people_routes()))
        .mount("/api", http::with_refusals([users::cookie_routes(), sessions::cookie_routes()].concat()))
        .mount("/api/calendar", http::with_refusals(calendar::routes()))
        .mount("/", http::with_refusals(page::routes()))
        .register("/", page::catchers())
        .register("/api", http::catchers())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use figment::Figment;

    use crate::document::described as document;

    /// What the document names: `GET /api/health`.
    fn described() -> BTreeSet<String> {
        let document = serde_json::to_value(document()).unwrap();
        let operations = document["paths"].as_object().unwrap().iter().flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        });
        operations.collect()
    }

    /// What is mounted, but for the refusals of other methods.
    fn mounted() -> BTreeSet<String> {
        let rocket = super::build(Figment::from(rocket::Config::default()));
        let routes = rocket.routes().filter(|route| route.name.is_some());
        routes
            .map(|route| {
                format!("{} {}", route.method, route.uri.to_string().replace('<', "{").replace('>', "}"))
            })
            .collect()
    }

    #[test]
    fn the_document_names_every_route_of_the_api_and_no_other() {
        let api: BTreeSet<_> = mounted().into_iter().filter(|route| route.contains(" /api/")).collect();
        assert!(api.contains("PUT /api/calendar/events/{id}"), "{api:?}");
        assert_eq!(described(), api);
    }

    #[test]
    fn what_is_beside_the_api_is_known() {
        let rest: Vec<_> = mounted().into_iter().filter(|route| !route.contains(" /api/")).collect();
        let known =
            ["GET /db-ping", "GET /docs", "GET /docs/{name}", "GET /health", "GET /metrics", "GET /ready"];
        let pages = super::page::routes();
        let is_page = |route: &String| {
            pages.iter().any(|page| {
                format!("{} {}", page.method, page.uri.to_string().replace('<', "{").replace('>', "}"))
                    == *route
            })
        };
        let rest: Vec<_> = rest.into_iter().filter(|route| !is_page(route)).collect();
        assert_eq!(rest, known);
    }
}
