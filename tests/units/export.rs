use std::sync::Arc;

use persony::auth::UserId;
use persony::db::{Returned, required};
use persony::export::{Document, ROWS};
use persony::whole_export;
use serde_json::Value;

use super::support::{Things, alone};

const EVENTS: i64 = 2 * ROWS + 10;

/// A user with events 1 to [`EVENTS`].
fn user(things: &Things) -> UserId {
    let user = things.unit(|db| {
        db.insert(
            "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('john@example.com', 'x')",
            &[],
            &[Returned::Integer("ID")],
            |row| Ok(UserId(required(row.integer(0)?, "ID")?)),
        )
    });
    let user = user.unwrap();
    (0..EVENTS).for_each(|_| add_event(things, user));
    user
}

fn add_event(things: &Things, user: UserId) {
    execute(
        things,
        &format!(
            "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) \
             VALUES ({}, 'x', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
            user.0
        ),
    );
}

fn execute(things: &Things, sql: &str) {
    let sql = Arc::<str>::from(sql);
    things.unit(move |db| db.last().execute(&sql, &[])).unwrap();
}

fn next(things: &Things, document: &mut Document) -> Option<Vec<u8>> {
    things.runtime().block_on(document.next()).unwrap()
}

/// The pieces so far, up to the first page of events.
fn up_to_events(things: &Things, document: &mut Document) -> Vec<u8> {
    let mut text = Vec::new();
    loop {
        let piece = next(things, document).unwrap();
        let is_there = piece.starts_with(br#","events":[{"#);
        text.extend(piece);
        if is_there {
            return text;
        }
    }
}

fn rest(things: &Things, mut text: Vec<u8>, document: &mut Document) -> Value {
    while let Some(piece) = next(things, document) {
        text.extend(piece);
    }
    assert_eq!(next(things, document), None);
    serde_json::from_slice(&text).unwrap()
}

fn ids(document: &Value) -> Vec<i64> {
    document["events"].as_array().unwrap().iter().map(|event| event["id"].as_i64().unwrap()).collect()
}

fn begin(things: &Things, user: UserId) -> Document {
    things.runtime().block_on(whole_export().begin(&things.db, user)).unwrap().unwrap()
}

#[test]
fn rows_that_come_and_go_meanwhile_move_no_other_row() {
    alone(|things| {
        let user = user(things);
        let mut document = begin(things, user);
        let text = up_to_events(things, &mut document);
        let (read, ahead) = (1, ROWS + 1);
        execute(things, &format!("DELETE FROM CALENDAR_EVENTS WHERE ID IN ({read}, {ahead})"));
        add_event(things, user);
        let found = ids(&rest(things, text, &mut document));
        let wanted: Vec<_> = (1..=EVENTS + 1).filter(|id| *id != ahead).collect();
        assert_eq!(found, wanted);
    });
}

#[test]
fn of_a_person_who_is_erased_meanwhile_the_document_ends_with_what_was_read_by_then() {
    alone(|things| {
        let user = user(things);
        let mut document = begin(things, user);
        let text = up_to_events(things, &mut document);
        execute(things, "DELETE FROM CALENDAR_EVENTS");
        execute(things, "DELETE FROM USERS");
        let document = rest(things, text, &mut document);
        assert_eq!(ids(&document), (1..=ROWS).collect::<Vec<_>>());
        assert_eq!(document["activity"], serde_json::json!([]));
    });
}

#[test]
fn it_is_written_wherever_it_is_wanted_or_nothing_is() {
    alone(|things| {
        let user = user(things);
        let (mut written, mut nothing) = (Vec::new(), Vec::<u8>::new());
        let export = whole_export();
        assert!(things.runtime().block_on(export.write(&things.db, user, &mut written)).unwrap());
        let document: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(ids(&document), (1..=EVENTS).collect::<Vec<_>>());
        assert_eq!(document["account"]["email"], "john@example.com");
        assert!(!things.runtime().block_on(export.write(&things.db, UserId(99), &mut nothing)).unwrap());
        assert!(nothing.is_empty());
        execute(things, "DROP TABLE AUDIT_LOG");
        let broken = things.runtime().block_on(export.write(&things.db, user, &mut nothing));
        assert!(broken.is_err() && !nothing.is_empty());
        assert!(serde_json::from_slice::<Value>(&nothing).is_err(), "it does not look whole");
    });
}
