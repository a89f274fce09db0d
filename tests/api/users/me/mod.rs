//! One's own account.

mod activity;
mod email;
mod instances;
mod password;
mod patch;
mod read;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

const ME: &str = "/api/users/me";
const REGISTER: &str = "/api/users/register";
const GONE: [(&str, &str); 1] = [("authorization", "User not found")];

fn read(app: &App, user: i64) -> Reply {
    app.send_as(user, "GET", ME, &json!(null))
}

fn patch(app: &App, user: i64, body: Value) -> Reply {
    app.send_as(user, "PATCH", ME, &body)
}

/// A user who has set everything.
fn with_settings(app: &App, email: &str) -> i64 {
    let user = app.new_user(email);
    let all = json!({
        "name": "John Doe", "time_zone": "Europe/Berlin", "locale": "de-AT", "week_starts_on": 6, "is_listed": true
    });
    assert_eq!(patch(app, user, all).status, 200);
    user
}
