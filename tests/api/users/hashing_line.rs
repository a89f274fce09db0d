use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use crate::api::support::{App, Reply};

const INVALID: [(&str, &str); 1] = [("email", "Invalid credentials")];

/// The places of the line: each core has one at work and 32 that wait.
fn places() -> usize {
    thread::available_parallelism().unwrap().get() * 33
}

/// Asserts a 503 that tells to come back.
#[track_caller]
fn is_busy(reply: &Reply) {
    reply.is_error(503, &[("server", "Too many logins at once, please try again shortly")]);
    assert_eq!(reply.header("retry-after").as_deref(), Some("2"));
}

#[test]
fn past_the_end_of_the_line_a_login_is_told_to_come_back() {
    let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
    let (refused, busy) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..places() + 40 {
            scope.spawn(|| {
                let reply = app.log_in("john@example.com", "password");
                if reply.status == 401 {
                    return refused.fetch_add(1, Ordering::Relaxed);
                }
                is_busy(&reply);
                busy.fetch_add(1, Ordering::Relaxed)
            });
        }
        // What needs no hash is answered meanwhile.
        app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
        app.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
    });
    assert!(busy.load(Ordering::Relaxed) > 0 && refused.load(Ordering::Relaxed) > 0, "{busy:?} {refused:?}");
    app.log_in("john@example.com", "password").is_error(401, &INVALID);
}

/// Clients are told apart by a header, and meet no limit but that of the line.
const BY_HEADER: [(&str, &str); 3] =
    [("CLIENT_IP_HEADER", "X-Real-IP"), ("LOGIN_RATE_BURST", "100000"), ("REGISTER_RATE_BURST", "100000")];

fn post_from(app: &App, client: &str, path: &str, email: &str) -> Reply {
    let body = json!({"email": email, "password": "password", "confirm_password": "password"}).to_string();
    app.send("POST", path, &[("X-Real-IP", client)], body.as_bytes())
}

/// One client sends more passwords at once than the line has places, each of another address. As
/// soon as it is turned away, somebody else comes.
fn while_one_presses_in(app: &App, path: &str, somebody_else: impl FnOnce()) {
    let turned_away = AtomicBool::new(false);
    thread::scope(|scope| {
        let press_in = |number: usize| {
            let turned_away = &turned_away;
            scope.spawn(move || {
                let reply = post_from(app, "192.0.2.1", path, &format!("{number}@example.com"));
                if reply.status == 503 {
                    is_busy(&reply);
                    turned_away.store(true, Ordering::Relaxed);
                }
            })
        };
        let pressing: Vec<_> = (0..places() + 40).map(press_in).collect();
        while !turned_away.load(Ordering::Relaxed) {
            assert!(pressing.iter().any(|login| !login.is_finished()), "nobody was turned away");
            thread::yield_now();
        }
        somebody_else();
    });
}

#[test]
fn one_client_address_cannot_fill_the_line_for_others() {
    for path in ["/api/users/login", "/api/users/register"] {
        let app = App::with(&BY_HEADER);
        while_one_presses_in(&app, path, || {
            thread::scope(|scope| {
                for email in ["john@example.com", "jane@example.com", "jack@example.com"] {
                    let post = |path: &str| post_from(&app, "192.0.2.2", path, email).status;
                    scope.spawn(move || assert_eq!(post("/api/users/register"), 201));
                }
            });
            assert_eq!(post_from(&app, "192.0.2.2", "/api/users/login", "john@example.com").status, 200);
        });
        let log = app.program.log();
        assert!(log.contains("a client address has its share of the line for password hashing"), "{log}");
        assert!(!log.contains("the line for password hashing is full"), "{log}");
    }
}

#[test]
fn who_is_turned_away_from_the_line_has_not_been_wrong() {
    let app = App::with(&BY_HEADER);
    let names = ["john", "jane", "jack", "jill", "josh", "joan", "jude", "judy"];
    let log_in =
        |name: &str| post_from(&app, "192.0.2.1", "/api/users/login", &format!("{name}@example.com")).status;
    names.iter().for_each(|name| assert_eq!(log_in(name), 401));
    let mut statuses = Vec::new();
    while_one_presses_in(&app, "/api/users/register", || {
        thread::scope(|scope| {
            let replies: Vec<_> = names.iter().map(|name| scope.spawn(|| log_in(name))).collect();
            statuses.extend(replies.into_iter().map(|reply| reply.join().unwrap()));
        });
    });
    let turned_away = statuses.iter().filter(|status| **status == 503).count();
    assert!(turned_away > 0, "{statuses:?}");
    let wrong = names.len() * 2 - turned_away;
    assert_eq!(app.database.texts("SELECT SUM(FAILURES) FROM LOGIN_FAILURES"), [wrong.to_string()]);
}
