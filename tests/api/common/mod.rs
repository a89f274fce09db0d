use crate::api::support::App;

#[test]
fn health_answers_at_both_paths() {
    let app = App::start();
    for path in ["/api/health", "/health"] {
        let reply = app.get(path);
        reply.is(200, r#"{"status":"OK 🚀"}"#);
        assert_eq!(reply.header("content-type").as_deref(), Some("application/json"));
    }
}

#[test]
fn db_ping_answers_at_both_paths() {
    let app = App::start();
    for path in ["/api/db-ping", "/db-ping"] {
        app.get(path).is(200, r#"{"database":"OK"}"#);
    }
}

#[test]
fn head_answers_as_get_without_a_body() {
    let app = App::start();
    let reply = app.send("HEAD", "/api/health", &[], b"");
    reply.is(200, "");
    assert_eq!(reply.header("content-length").as_deref(), Some("20"));
}

#[test]
fn ready_answers_at_both_paths() {
    let app = App::start();
    for path in ["/api/ready", "/ready"] {
        app.get(path).is(200, r#"{"status":"ready"}"#);
    }
}
