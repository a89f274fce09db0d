use std::thread;

use serde_json::json;

use super::{REVOKED, Tokens, begin, claims, ids, is_refused, list, refresh, with_john};
use crate::api::support::{App, signed};

const ELEVEN_SECONDS: u64 = 11;

/// As if the last refresh had been so long ago.
fn let_pass(app: &App, seconds: u64) {
    let at = app.database.seconds_ago(seconds);
    app.database.execute(&format!("UPDATE USER_SESSIONS SET LAST_USED_AT = {at}"));
}

#[test]
fn a_refresh_gives_the_next_tokens_of_the_same_session() {
    let (app, first) = with_john(&[]);
    let reply = refresh(&app, &first.refresh);
    let second = Tokens::of(&reply);
    let (access, next) = (&second.access, &second.refresh);
    reply.is(200, &format!(r#"{{"access_token":"{access}","refresh_token":"{next}","expires_in":3600}}"#));
    for shared in ["sid", "csrf", "sub"] {
        assert_eq!(claims(&second.refresh)[shared], claims(&first.refresh)[shared], "{shared}");
    }
    for own in [(&first.access, &second.access), (&first.refresh, &second.refresh)] {
        assert_ne!(claims(own.0)["jti"], claims(own.1)["jti"]);
    }
    // The access token before it is good for its own time.
    assert_eq!(ids(&app, &first.access), ids(&app, &second.access));
    assert_eq!(ids(&app, &second.access).len(), 1);
    Tokens::of(&refresh(&app, &second.refresh));
}

#[test]
fn one_whose_answer_was_lost_gives_the_same_again() {
    let (app, first) = with_john(&[]);
    let second = Tokens::of(&refresh(&app, &first.refresh));
    let_pass(&app, 3);
    assert_eq!(Tokens::of(&refresh(&app, &first.refresh)), second);
    assert_eq!(Tokens::of(&refresh(&app, &first.refresh)), second);
    Tokens::of(&refresh(&app, &second.refresh));
}

#[test]
fn of_many_at_once_at_two_instances_all_get_the_same() {
    let (app, first) = with_john(&[]);
    let apps = [app.again(), app];
    let found: Vec<_> = thread::scope(|scope| {
        let first = &first;
        let started: Vec<_> = (0..16)
            .map(|index| {
                let app = &apps[index % 2];
                scope.spawn(move || Tokens::of(&refresh(app, &first.refresh)))
            })
            .collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(found.iter().all(|one| *one == found[0]), "{found:#?}");
    Tokens::of(&refresh(&apps[0], &found[0].refresh));
}

#[test]
fn one_that_is_shown_once_its_successor_was_used_ends_the_session() {
    let (app, first) = with_john(&[]);
    let second = Tokens::of(&refresh(&app, &first.refresh));
    let third = Tokens::of(&refresh(&app, &second.refresh));
    is_refused(&refresh(&app, &first.refresh), "refresh_token", REVOKED);
    is_refused(&refresh(&app, &third.refresh), "refresh_token", REVOKED);
    for tokens in [&first, &second, &third] {
        is_refused(&list(&app, &tokens.access), "authorization", REVOKED);
    }
    assert!(app.program.log().contains("a used refresh token was shown again"));
    assert_eq!(ids(&app, &begin(&app, "john@example.com").access).len(), 1, "there is no other trace of it");
}

#[test]
fn so_does_one_that_is_shown_again_too_late() {
    let (app, first) = with_john(&[]);
    let second = Tokens::of(&refresh(&app, &first.refresh));
    let_pass(&app, ELEVEN_SECONDS);
    is_refused(&refresh(&app, &first.refresh), "refresh_token", REVOKED);
    is_refused(&refresh(&app, &second.refresh), "refresh_token", REVOKED);
    is_refused(&list(&app, &second.access), "authorization", REVOKED);
}

#[test]
fn no_token_is_taken_for_one_of_the_other_kind() {
    let (app, tokens) = with_john(&[]);
    is_refused(&refresh(&app, &tokens.access), "refresh_token", "Only refresh tokens are allowed");
    is_refused(&list(&app, &tokens.refresh), "authorization", "Only access tokens are allowed");
    assert_eq!(ids(&app, &tokens.access).len(), 1);
}

#[test]
fn what_is_no_refresh_token_of_a_session_is_refused() {
    let (app, tokens) = with_john(&[]);
    let missing = [("refresh_token", "This field is required")];
    app.post("/api/users/refresh", &json!({})).is_error(400, &missing);
    app.post("/api/users/refresh", &json!({"refresh_token": 1}))
        .is_error(400, &[("refresh_token", "Must be a string")]);
    is_refused(&refresh(&app, "no.token.atall"), "refresh_token", "Invalid token");
    let own = claims(&tokens.refresh);
    let with = |name: &str, value: serde_json::Value| {
        let mut claims = own.clone();
        claims[name] = value;
        signed(&claims).trim_start_matches("Bearer ").to_owned()
    };
    is_refused(&refresh(&app, &with("exp", json!(1))), "refresh_token", "Token has expired");
    // As Flask-JWT-Extended's own, which have no session; of another person; and of none that is there.
    for (name, value) in [
        ("sid", json!(null)),
        ("jti", json!(null)),
        ("csrf", json!("x")),
        ("sub", json!("2")),
        ("sid", json!("0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")),
    ] {
        is_refused(&refresh(&app, &with(name, value)), "refresh_token", REVOKED);
    }
    Tokens::of(&refresh(&app, &tokens.refresh));
}

#[test]
fn sessions_of_a_person_who_is_gone_are_gone() {
    let (app, tokens) = with_john(&[]);
    // As the Flask application deletes somebody.
    app.database.execute("DELETE FROM USERS WHERE ID = 1");
    is_refused(&refresh(&app, &tokens.refresh), "refresh_token", REVOKED);
    assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS"), [""; 0]);
}
