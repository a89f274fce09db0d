use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::said;
use crate::api::jobs::{persony, persony_with};
use crate::api::support::{App, Reply};

const JOHN: &str = "john@example.com";

/// A server that looks at what is revoked, with a session and a plain token of John's.
fn with_john() -> (App, Value, Value) {
    let app = App::with(&[("REVOCATION_POLL", "1")]);
    app.new_user(JOHN);
    let session =
        app.post("/api/users/login", &json!({"email": JOHN, "password": "password", "refresh": true}));
    let plain = app.log_in(JOHN, "password");
    (app, session.json(), plain.json())
}

fn me(app: &App, tokens: &Value) -> Reply {
    let authorization = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    app.send("GET", "/api/users/me", &[("Authorization", &authorization)], b"")
}

/// Asks until the server knows.
#[track_caller]
fn comes_to_refuse(app: &App, tokens: &Value) {
    let patience = Instant::now() + Duration::from_secs(60);
    while me(app, tokens).status != 401 {
        assert!(Instant::now() < patience, "{}", app.program.log());
    }
    me(app, tokens).is_error(401, &[("authorization", "Token has been revoked")]);
}

#[track_caller]
fn is_closed(reply: &Reply, how: &str) {
    assert_eq!(reply.status, 403, "{}", reply.body);
    assert!(reply.json()["errors"]["email"].as_str().unwrap().contains(how), "{}", reply.body);
}

#[test]
fn who_is_deactivated_is_logged_out_everywhere_and_not_let_in_until_activated() {
    let (app, session, plain) = with_john();
    assert_eq!(
        said(&app, &["users", "deactivate", JOHN]),
        "john@example.com is deactivated, and 1 session ended\n"
    );
    comes_to_refuse(&app, &session);
    comes_to_refuse(&app, &plain);
    is_closed(&app.log_in(JOHN, "password"), "deactivated");
    app.log_in(JOHN, "wrong password").is_error(401, &[("email", "Invalid credentials")]);
    assert_eq!(said(&app, &["users", "deactivate", JOHN]), "john@example.com was deactivated before\n");
    assert_eq!(
        said(&app, &["users", "activate", JOHN]),
        "john@example.com is not deactivated any more: active\n"
    );
    assert_eq!(said(&app, &["users", "activate", JOHN]), "john@example.com was not deactivated\n");
    let again = app.log_in(JOHN, "password");
    assert_eq!(me(&app, &again.json()).status, 200);
    assert_eq!(me(&app, &plain).status, 401);
}

#[test]
fn an_account_that_is_opened_at_once_lets_in_at_once() {
    let (app, _, plain) = with_john();
    let mut former = plain;
    for (close, open) in [("deactivate", "activate"), ("erase", "restore"), ("themselves", "restore")] {
        if close == "themselves" {
            let erased = app.send(
                "POST",
                "/api/users/me/erase",
                &[("Authorization", &format!("Bearer {}", former["access_token"].as_str().unwrap()))],
                br#"{"password":"password"}"#,
            );
            assert_eq!(erased.status, 202, "{}", erased.body);
        } else {
            said(&app, &["users", close, JOHN]);
        }
        said(&app, &["users", open, JOHN]);
        let again = app.log_in(JOHN, "password").json();
        comes_to_refuse(&app, &former);
        assert_eq!(me(&app, &again).status, 200, "{close}");
        former = again;
    }
}

#[test]
fn a_password_that_is_reset_is_printed_once_and_lets_in_instead_of_the_former() {
    let (app, session, plain) = with_john();
    app.log_in(JOHN, "wrong password");
    let output = said(&app, &["users", "reset-password", JOHN]);
    let (what, password) = output.trim_end().split_once('\n').unwrap();
    assert_eq!(what, "john@example.com has a new password, and 1 session ended:");
    assert_eq!(
        app.database.texts("SELECT FAILURES FROM LOGIN_FAILURES"),
        [""; 0],
        "nothing is held against it"
    );
    assert!(password.len() == 20 && password.chars().all(|c| c.is_ascii_alphanumeric()), "{password}");
    app.log_in(JOHN, "password").is_error(401, &[("email", "Invalid credentials")]);
    let again = app.log_in(JOHN, password);
    assert_eq!(me(&app, &again.json()).status, 200, "at once");
    comes_to_refuse(&app, &session);
    comes_to_refuse(&app, &plain);
    assert_eq!(me(&app, &again.json()).status, 200);
    assert!(!said(&app, &["audit", JOHN]).contains(password));
}

#[test]
fn sessions_are_ended_and_the_account_stays_open() {
    let (app, session, plain) = with_john();
    assert_eq!(
        said(&app, &["users", "end-sessions", JOHN]),
        "john@example.com is logged out, and 1 session ended\n"
    );
    comes_to_refuse(&app, &session);
    comes_to_refuse(&app, &plain);
    assert_eq!(me(&app, &app.log_in(JOHN, "password").json()).status, 200);
    assert_eq!(
        said(&app, &["users", "end-sessions", JOHN]),
        "john@example.com is logged out, and 0 sessions ended\n"
    );
}

#[test]
fn who_is_erased_can_be_restored_until_the_time_has_passed() {
    let (app, session, _) = with_john();
    let output = said(&app, &["users", "erase", JOHN]);
    assert!(
        output.starts_with("john@example.com is erased, and 1 session ended; it is purged from 20"),
        "{output}"
    );
    comes_to_refuse(&app, &session);
    is_closed(&app.log_in(JOHN, "password"), "being erased");
    assert!(
        said(&app, &["users", "erase", JOHN])
            .starts_with("john@example.com was erased before; it is purged from")
    );
    assert!(said(&app, &["users", "list"]).contains("erased, and purged from 20"));
    assert_eq!(said(&app, &["users", "restore", JOHN]), "john@example.com is restored: active\n");
    assert_eq!(said(&app, &["users", "restore", JOHN]), "john@example.com was not erased\n");
    assert_eq!(app.log_in(JOHN, "password").status, 200);
    let none_left = [("ACCOUNT_RETENTION_DAYS", "0")];
    assert_eq!(persony_with(&*app.database, &["users", "erase", JOHN], &none_left).2, Some(0));
    let (output, log, code) = persony(&*app.database, &["users", "restore", JOHN]);
    let late =
        "Persony did not do that: it is too late to restore john@example.com: a part of it may be gone\n";
    assert_eq!((output.as_str(), log.as_str(), code), ("", late, Some(1)));
    assert_eq!(persony(&*app.database, &["jobs", "run", "purge_accounts"]).2, Some(0));
    assert_eq!(said(&app, &["users", "list"]).lines().count(), 1);
}

/// Two things that keep one out: each is taken back by itself.
#[test]
fn who_is_deactivated_and_erased_is_let_in_once_neither_holds() {
    let (app, ..) = with_john();
    for words in [["users", "deactivate", JOHN], ["users", "erase", JOHN], ["users", "restore", JOHN]] {
        said(&app, &words);
    }
    is_closed(&app.log_in(JOHN, "password"), "deactivated");
    said(&app, &["users", "activate", JOHN]);
    assert_eq!(app.log_in(JOHN, "password").status, 200);
}

#[test]
fn all_that_is_known_of_a_person_is_printed_and_written_down() {
    let (app, ..) = with_john();
    app.new_event(1, "Team Meeting", "2025-12-06");
    let document: Value = serde_json::from_str(&said(&app, &["users", "export", JOHN])).unwrap();
    assert_eq!(document["account"]["email"], JOHN);
    assert_eq!(document["events"][0]["title"], "Team Meeting");
    let last = document["activity"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["act"], &last["actor"]), (&json!("exported"), &json!("operator")));
}

#[test]
fn whatever_operators_do_is_in_the_audit_log() {
    let (app, ..) = with_john();
    let acts = ["deactivate", "activate", "reset-password", "end-sessions", "erase", "restore", "export"];
    for act in acts {
        said(&app, &["users", act, JOHN]);
    }
    let kept = app.database.texts("SELECT ACT FROM AUDIT_LOG WHERE ACTOR = 'operator' ORDER BY ACTED_AT");
    let expected =
        ["deactivated", "activated", "password_reset", "sessions_ended", "erased", "restored", "exported"];
    assert_eq!(kept, expected);
    for act in acts {
        let (output, log, code) = persony(&*app.database, &["users", act, "jane@example.com"]);
        let nobody = "Persony did not do that: nobody is registered as jane@example.com\n";
        assert_eq!((output.as_str(), log.as_str(), code), ("", nobody, Some(1)), "{act}");
    }
}
