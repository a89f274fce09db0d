use crate::api::support::App;

fn with_id(app: &App, id: &str) -> String {
    app.send("GET", "/api/health", &[("X-Request-Id", id)], b"").header("x-request-id").unwrap()
}

#[test]
fn an_id_of_a_sane_form_comes_back_with_the_answer() {
    let app = App::start();
    for id in ["a", "req-1.2_3", &"x".repeat(64)] {
        assert_eq!(with_id(&app, id), id);
    }
}

#[test]
fn any_other_is_replaced_by_a_new_one() {
    let app = App::start();
    for id in ["two words", "a/b", "\"quoted\"", &"x".repeat(65)] {
        let made = with_id(&app, id);
        assert!(made.len() == 36 && made != with_id(&app, id), "{made}");
    }
}

#[test]
fn every_answer_bears_an_id() {
    let app = App::start();
    for (method, path, status) in [
        ("GET", "/api/health", 200),
        ("GET", "/api/calendar/events", 401),
        ("GET", "/no/such/path", 404),
        ("PATCH", "/api/users/login", 405),
        ("POST", "/api/users/login", 400),
        // Rocket does not know this method.
        ("BREW", "/api/health", 405),
    ] {
        let reply = app.send(method, path, &[("X-Request-Id", "mine")], b"");
        assert_eq!((reply.status, reply.header("x-request-id").as_deref()), (status, Some("mine")), "{path}");
    }
}
