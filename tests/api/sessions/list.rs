use serde_json::json;

use super::{Tokens, begin, claims, list, refresh, with_john};
use crate::api::support::App;

const PATH: &str = "/api/users/refresh";

#[test]
fn a_list_tells_what_a_person_knows_a_device_by() {
    let (app, tokens) = with_john(&[]);
    let body = json!({"refresh_token": tokens.refresh}).to_string();
    let tokens = Tokens::of(&app.send("POST", PATH, &[("User-Agent", "Telescope/1.0 (ä)")], body.as_bytes()));
    let reply = list(&app, &tokens.access);
    let one = &reply.json()[0];
    let (created_at, last_used_at) = (one["created_at"].clone(), one["last_used_at"].clone());
    let id = claims(&tokens.access)["sid"].clone();
    reply.is(
        200,
        &format!(
            "[{{\"id\":{id},\"kind\":\"token\",\"created_at\":{created_at},\"last_used_at\":{last_used_at},\
             \"address\":\"127.0.0.1\",\"user_agent\":\"Telescope/1.0 (ä)\",\"is_current\":true}}]"
        ),
    );
    let rows = app.database.instants("SELECT LAST_USED_AT FROM USER_SESSIONS");
    let told: chrono::DateTime<chrono::Utc> = last_used_at.as_str().unwrap().parse().unwrap();
    assert_eq!(rows, [told]);
    assert!(created_at.as_str() < last_used_at.as_str() && created_at.as_str().unwrap().ends_with('Z'));
}

#[test]
fn the_last_used_is_first_and_nobody_elses_is_among_them() {
    let (app, first) = with_john(&[]);
    app.new_user("jane@example.com");
    begin(&app, "jane@example.com");
    let second = begin(&app, "john@example.com");
    let listed = |tokens: &Tokens| {
        let sessions = list(&app, &tokens.access).json();
        let all = sessions.as_array().unwrap().clone();
        all.iter().map(|one| (one["id"].clone(), one["is_current"].clone())).collect::<Vec<_>>()
    };
    let id = |tokens: &Tokens| claims(&tokens.access)["sid"].clone();
    assert_eq!(listed(&first), [(id(&second), json!(false)), (id(&first), json!(true))]);
    let first = Tokens::of(&refresh(&app, &first.refresh));
    assert_eq!(listed(&second), [(id(&first), json!(false)), (id(&second), json!(true))]);
    // As one that has expired and was not swept yet.
    let past = app.database.seconds_ago(1);
    app.database.execute(&format!(
        "UPDATE USER_SESSIONS SET EXPIRES_AT = {past} WHERE ID = '{}'",
        id(&first).as_str().unwrap()
    ));
    assert_eq!(listed(&second), [(id(&second), json!(true))]);
}

#[test]
fn what_a_client_calls_itself_is_kept_as_far_as_there_is_room() {
    let app = App::start();
    app.new_user("john@example.com");
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true}).to_string();
    let cases = [
        (String::new(), json!(null)),
        ("x".repeat(512), json!("x".repeat(512))),
        ("x".repeat(600), json!("x".repeat(512))),
        (format!("x{}", "ä".repeat(300)), json!(format!("x{}", "ä".repeat(255)))),
    ];
    for (sent, kept) in cases {
        let reply = app.send("POST", "/api/users/login", &[("User-Agent", &sent)], login.as_bytes());
        let tokens = Tokens::of(&reply);
        assert_eq!(list(&app, &tokens.access).json()[0]["user_agent"], kept, "{} bytes", sent.len());
    }
}
