use serde_json::{Map, Value, json};

use crate::api::support::{App, Reply};

fn document(app: &App) -> Value {
    let reply = app.get("/api/openapi.json");
    assert_eq!(
        (reply.status, reply.header("content-type").as_deref()),
        (200, Some("application/json")),
        "{}",
        reply.body
    );
    reply.json()
}

/// What a schema is, behind its reference if it is one.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap_or_else(|| panic!("{reference}")),
        None => schema,
    }
}

/// The members of a schema, those of all its parts where it has some.
fn properties(document: &Value, schema: &str) -> Map<String, Value> {
    let schema = &document["components"]["schemas"][schema];
    let parts = schema["allOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    let members = parts.iter().filter_map(|part| resolved(document, part)["properties"].as_object());
    let members: Map<_, _> = members.flat_map(|members| members.clone()).collect();
    assert!(!members.is_empty(), "{schema}");
    members
}

/// The example of a body, or one out of the examples of its fields.
fn example(document: &Value, schema: &str) -> Value {
    if let Some(whole) = document["components"]["schemas"][schema].get("example") {
        return whole.clone();
    }
    let fields = properties(document, schema).into_iter();
    fields.map(|(name, field)| (name, resolved(document, &field)["example"].clone())).collect()
}

#[test]
fn the_document_is_openapi_3_1_and_whole() {
    let app = App::start();
    let document = document(&app);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    let text = document.to_string();
    let references = text.split(r##""$ref":"#"##).skip(1).map(|rest| rest.split('"').next().unwrap());
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
    assert_eq!(document["components"]["securitySchemes"]["access_token"]["scheme"], "bearer");
}

#[test]
fn each_protected_route_takes_a_header_or_a_cookie_and_a_change_what_proves_it() {
    let app = App::start();
    let document = document(&app);
    let schemes = &document["components"]["securitySchemes"];
    for (scheme, place, name) in [
        ("access_cookie", "cookie", "access_token_cookie"),
        ("refresh_cookie", "cookie", "refresh_token_cookie"),
        ("csrf_token", "header", "X-CSRF-TOKEN"),
    ] {
        assert_eq!((&schemes[scheme]["type"], &schemes[scheme]["in"]), (&json!("apiKey"), &json!(place)));
        assert_eq!(schemes[scheme]["name"], name);
    }
    let (bearer, cookie) = (json!({"access_token": []}), json!({"access_cookie": []}));
    let proved = json!({"access_cookie": [], "csrf_token": []});
    let mut protected = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let Some(security) = operation["security"].as_array().filter(|all| all.contains(&bearer)) else {
                // Those of the cookies alone, and those that need nobody.
                let mentioned = operation["security"].to_string().contains("cookie");
                assert_eq!(
                    mentioned,
                    ["/api/session", "/api/session/refresh"].contains(&path.as_str())
                        && (method != "post" || path != "/api/session"),
                    "{method} {path}"
                );
                continue;
            };
            let changes = method != "get";
            assert_eq!(security[..], [bearer.clone(), if changes { proved.clone() } else { cookie.clone() }]);
            // Also of a login that is too old.
            let may_be_refused = changes || path == "/api/users/me/export";
            assert_eq!(operation["responses"].get("403").is_some(), may_be_refused, "{method} {path}");
            // What the document says of it is so.
            let path = path.replace("{id}", "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d");
            assert_eq!(app.send(&method.to_uppercase(), &path, &[], b"{}").status, 401, "{method} {path}");
            protected += 1;
        }
    }
    assert!(protected >= 10, "{protected}");
}

#[test]
fn every_example_of_a_body_is_accepted() {
    let app = App::start();
    let document = document(&app);
    let registered = app.post("/api/users/register", &example(&document, "Registration"));
    assert_eq!(registered.status, 201, "{}", registered.body);
    let logged_in = app.post("/api/users/login", &example(&document, "Login"));
    assert_eq!(logged_in.status, 200, "{}", logged_in.body);
    let authorization = format!("Bearer {}", logged_in.json()["access_token"].as_str().unwrap());
    let begun = app.post("/api/session", &example(&document, "CookieLogin"));
    assert_eq!(begun.status, 200, "{}", begun.body);
    let event = example(&document, "EventDraft").to_string();
    for (method, path, status) in
        [("POST", "/api/calendar/events", 201), ("PUT", "/api/calendar/events/1", 200)]
    {
        let reply = app.send(method, path, &[("Authorization", &authorization)], event.as_bytes());
        assert_eq!(reply.status, status, "{}", reply.body);
    }
    let listed = app.send("GET", "/api/calendar/events", &[("Authorization", &authorization)], b"").json();
    assert_eq!(listed[0], example(&document, "Event"));
    let patch = example(&document, "ProfilePatch");
    let reply = app.send(
        "PATCH",
        "/api/users/me",
        &[("Authorization", &authorization)],
        patch.to_string().as_bytes(),
    );
    assert_eq!(reply.status, 200, "{}", reply.body);
    let profile = reply.json();
    for (member, value) in patch.as_object().unwrap() {
        assert_eq!(profile[member], *value);
    }
    let described = properties(&document, "Profile");
    let described: Vec<_> = described.keys().collect();
    assert_eq!(profile.as_object().unwrap().keys().collect::<Vec<_>>(), described);
    for (method, path, schema, status) in [
        ("POST", "/api/users/me/erase", "Erasure", 202),
        ("PUT", "/api/users/me/password", "PasswordChange", 200),
    ] {
        // Each for an account of its own, whose password the examples have.
        let user = app.register(&format!("{schema}@example.com"), "correct horse").json()["id"].as_i64();
        let reply = app.send_as(user.unwrap(), method, path, &example(&document, schema));
        assert_eq!(reply.status, status, "{}", reply.body);
    }
}

/// Sends a body with a text of so many characters in one field.
fn sent(app: &App, schema: &str, field: &str, length: usize) -> Reply {
    let text = match field {
        "email" => format!("{}@example.com", "x".repeat(length - "@example.com".len())),
        "url" => format!("https://example.com/{}", "x".repeat(length - "https://example.com/".len())),
        _ => "x".repeat(length),
    };
    let mut body = json!({});
    if schema == "Registration" {
        // Nothing is hashed: another field is wrong.
        body["name"] = json!(7);
        body["confirm_password"] = json!(text);
    }
    body[field] = json!(text);
    match schema {
        "Registration" => app.post("/api/users/register", &body),
        "ProfilePatch" => app.send_as(1, "PATCH", "/api/users/me", &body),
        _ => app.create_event(1, &body),
    }
}

#[test]
fn the_limits_of_the_document_are_the_servers() {
    let app = App::start();
    let document = document(&app);
    let mut limits = Vec::new();
    for schema in ["Registration", "EventDraft", "ProfilePatch"] {
        for (field, described) in &properties(&document, schema) {
            // The confirmation is measured with the password, and the name is what is wrong here.
            if schema == "Registration" && ["confirm_password", "name"].contains(&field.as_str()) {
                continue;
            }
            let Some(limit) = described["maxLength"].as_u64() else { continue };
            let limit = usize::try_from(limit).unwrap();
            let wrong = |length| sent(&app, schema, field, length).json()["errors"][field].clone();
            assert_eq!(wrong(limit), Value::Null, "{field}");
            assert!(wrong(limit + 1).as_str().unwrap().contains(&format!("than {limit} bytes")), "{field}");
            limits.push(field.clone());
        }
    }
    let expected =
        ["email", "password", "color", "description", "location", "title", "uid", "url", "email", "name"];
    assert_eq!(limits, expected);
    assert_eq!(document["components"]["schemas"]["Registration"]["properties"]["name"]["maxLength"], 255);
}

#[test]
fn the_shortest_password_is_the_configured_one() {
    let app = App::with(&[("PASSWORD_MIN_LENGTH", "12")]);
    let document = document(&app);
    for field in ["password", "confirm_password"] {
        assert_eq!(properties(&document, "Registration")[field]["minLength"], 12);
        assert_eq!(properties(&document, "PasswordChange")[field]["minLength"], 12);
    }
}
