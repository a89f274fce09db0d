use serde_json::{Value, json};

use crate::api::audit::comes_to;
use crate::api::support::{App, Reply, bearer};

const ACTIVITY: &str = "/api/users/me/activity";

fn get(app: &App, user: i64, path: &str) -> Reply {
    app.send("GET", path, &[("Authorization", &bearer(user))], b"")
}

/// Lines of a user, each a second after the one before, but for the last two, which are of one moment.
fn with_lines(lines: u64) -> App {
    let app = App::start();
    app.new_user("john@example.com");
    app.new_user("jane@example.com");
    for id in 1..=lines {
        let then = app.database.seconds_ago(lines - id.min(lines - 1));
        app.database.execute(&format!(
            "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR) VALUES ('{id}', 1, {then}, 'login', 'operator')"
        ));
    }
    app
}

fn ids(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json().as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

fn next(reply: &Reply) -> Option<String> {
    let link = reply.header("link")?;
    Some(link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap().to_owned())
}

#[test]
fn one_sees_ones_own_logins_the_newest_first() {
    let app = App::start();
    app.new_user("john@example.com");
    app.new_user("jane@example.com");
    app.log_in("john@example.com", "wrong password");
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    assert_eq!(app.post("/api/users/login", &login).status, 200);
    comes_to(&app, 2);
    let session = app.database.texts("SELECT ID FROM USER_SESSIONS").remove(0);
    let mut lines = get(&app, 1, ACTIVITY).json();
    for line in lines.as_array_mut().unwrap() {
        let line = line.as_object_mut().unwrap();
        let Some(Value::String(at)) = line.remove("at") else { panic!("{line:?}") };
        assert!(at.starts_with("20") && at.ends_with('Z'), "{at}");
        assert!(line.remove("id").is_some());
    }
    let line = |act, session: Option<&str>| json!({"act": act, "actor": "user", "address": "127.0.0.1", "session_id": session, "subject": null});
    assert_eq!(lines, json!([line("login", Some(&session)), line("login_failed", None)]));
    get(&app, 2, ACTIVITY).is(200, "[]");
}

#[test]
fn pages_put_together_are_the_whole() {
    let app = with_lines(7);
    let whole: Vec<_> = (1..=7).rev().map(|id| id.to_string()).collect();
    assert_eq!(ids(&get(&app, 1, ACTIVITY)), whole);
    for limit in 1..=8 {
        let (mut page, mut seen) = (Some(format!("{ACTIVITY}?limit={limit}")), Vec::new());
        while let Some(path) = page {
            let reply = get(&app, 1, &path);
            let ids = ids(&reply);
            assert!(!ids.is_empty() && ids.len() <= limit, "no page is empty");
            seen.extend(ids);
            page = next(&reply);
        }
        assert_eq!(seen, whole, "{limit}");
    }
}

/// A cursor is no key: with another's, one sees one's own list.
#[test]
fn a_cursor_shows_nobody_anything_of_others() {
    let app = with_lines(3);
    let second = next(&get(&app, 1, &format!("{ACTIVITY}?limit=1"))).unwrap();
    get(&app, 2, &second).is(200, "[]");
}

#[test]
fn what_is_no_limit_or_cursor_is_refused_and_so_is_nobody() {
    let app = App::start();
    let limit = ("limit", "Must be an integer from 1 to 1000");
    let cursor = ("cursor", "Must be what the Link of a page of this list names");
    get(&app, 1, &format!("{ACTIVITY}?limit=0&cursor=x")).is_error(400, &[cursor, limit]);
    app.get(&format!("{ACTIVITY}?limit=0"))
        .is_error(401, &[("authorization", "Missing Authorization Header")]);
}
