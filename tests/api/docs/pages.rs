use crate::api::support::App;

#[test]
fn a_program_is_led_from_the_root_to_the_document_and_a_browser_sees_a_page() {
    let app = App::start();
    let reply = app.send("GET", "/", &[("Accept", "application/json")], b"");
    reply.is(303, "");
    assert_eq!(reply.header("location").as_deref(), Some("/api/openapi.json"));
    assert_eq!(reply.header("vary").as_deref(), Some("Accept, Cookie"));
    assert_eq!(app.get("/api/openapi.json").status, 200);
    for accept in ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "*/*"] {
        let page = app.send("GET", "/", &[("Accept", accept)], b"");
        assert_eq!(page.status, 200, "{accept}");
        assert_eq!(page.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("vary").as_deref(), Some("Accept, Cookie, Accept-Encoding"));
        assert!(page.body.contains(r#"<a href="/docs">"#), "{}", page.body);
    }
}

#[test]
fn the_documentation_loads_nothing_from_elsewhere() {
    let app = App::start();
    for path in ["/docs", "/docs/"] {
        let page = app.get(path);
        assert_eq!(page.status, 200, "{}", page.body);
        assert_eq!(page.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'self';") && !policy.contains("http"), "{policy}");
        let links: Vec<_> =
            page.body.split(r#"href=""#).skip(1).chain(page.body.split(r#"src=""#).skip(1)).collect();
        assert_eq!(links.len(), 6, "{}", page.body);
        for link in links.into_iter().map(|rest| rest.split('"').next().unwrap()) {
            assert!(link.starts_with("/docs/"), "{link}");
        }
    }
}

#[test]
fn the_files_of_swagger_ui_are_served_by_type() {
    let app = App::start();
    for (file, content_type) in [
        ("swagger-ui.css", "text/css"),
        ("index.css", "text/css"),
        ("swagger-ui-bundle.js", "text/javascript"),
        ("swagger-ui-standalone-preset.js", "text/javascript"),
        ("swagger-initializer.js", "text/javascript"),
    ] {
        let reply = app.get(&format!("/docs/{file}"));
        assert_eq!(
            (reply.status, reply.header("content-type").as_deref()),
            (200, Some(content_type)),
            "{file}"
        );
        assert!(!reply.body.is_empty() && !reply.body.contains("@import"), "{file}");
    }
    let initializer = app.get("/docs/swagger-initializer.js").body;
    assert!(initializer.contains(r#""url": "/api/openapi.json""#), "{initializer}");
    assert!(initializer.contains(r#""validatorUrl": "none""#), "{initializer}");
    assert!(!initializer.contains("http"), "{initializer}");
}
