use std::collections::BTreeSet;

use figment::Figment;

use super::described as document;

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
    let rocket = crate::build(Figment::from(rocket::Config::default()));
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
    let known = [
        "GET /",
        "GET /db-ping",
        "GET /docs",
        "GET /docs/{name}",
        "GET /health",
        "GET /metrics",
        "GET /ready",
    ];
    assert_eq!(rest, known);
}
