mod address_limits;
pub mod closed;
mod export;
mod flask_accounts;
mod hashing_line;
mod instances;
mod login;
mod me;
mod register;
mod throttling;

use serde_json::{Value, json};

use super::support::{App, Reply};

/// A hash of no known password that takes twenty times as long as others to say so.
pub const SLOW_HASH: &str = "scrypt:32768:8:20$0000000000000000$00000000000000000000000000000000";

/// The processor time that the server has used, in clock ticks (proc_pid_stat(5)).
fn ticks(app: &App) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", app.program.id())).unwrap();
    let fields: Vec<_> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// The two tokens of a new session.
pub fn begin(app: &App, email: &str, password: &str) -> Value {
    let body = json!({"email": email, "password": password, "refresh": true});
    let reply = app.post("/api/users/login", &body);
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// A request with the access token of a login's answer.
pub fn with_token(app: &App, login: &Value, method: &str, path: &str, body: &Value) -> Reply {
    let authorization = format!("Bearer {}", login["access_token"].as_str().unwrap());
    app.send(method, path, &[("Authorization", &authorization)], body.to_string().as_bytes())
}

/// The status of a request that asks for nothing but a good access token.
pub fn is_good(app: &App, login: &Value) -> u16 {
    with_token(app, login, "GET", "/api/calendar/events", &json!(null)).status
}

/// What was done to accounts that is not a login, in its order: the act, who did it, to what, with a session or
/// without one.
pub fn acts(app: &App) -> Vec<String> {
    app.database.texts(
        "SELECT ACT || ' ' || ACTOR || ' ' || COALESCE(SUBJECT, '-') || CASE WHEN SESSION_ID IS NULL THEN '' \
         ELSE ' by session' END FROM AUDIT_LOG WHERE ACT NOT IN ('login', 'login_failed') ORDER BY ACTED_AT, ID",
    )
}
