use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::api::support::App;

/// More than work and wait at once on any machine that runs this: each core has one at work and 32
/// in line.
fn storm() -> usize {
    thread::available_parallelism().unwrap().get() * 33 + 40
}

#[test]
fn past_the_end_of_the_line_a_login_is_told_to_come_back() {
    let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
    let (refused, busy) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..storm() {
            scope.spawn(|| {
                let reply = app.log_in("john@example.com", "password");
                if reply.status == 401 {
                    return refused.fetch_add(1, Ordering::Relaxed);
                }
                reply.is_error(503, &[("server", "Too many logins at once, please try again shortly")]);
                assert_eq!(reply.header("retry-after").as_deref(), Some("2"));
                busy.fetch_add(1, Ordering::Relaxed)
            });
        }
        // What needs no hash is answered meanwhile.
        app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
        app.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
    });
    assert!(busy.load(Ordering::Relaxed) > 0 && refused.load(Ordering::Relaxed) > 0, "{busy:?} {refused:?}");
    app.log_in("john@example.com", "password").is_error(401, &[("email", "Invalid credentials")]);
}
