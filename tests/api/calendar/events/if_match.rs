use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use super::{STARTS, done, get, occurrence, patch, path, rows, with_weekly};
use crate::api::support::{App, Reply, bearer};

const CHANGED: [(&str, &str); 1] = [("if_match", "It has changed since it was read")];

fn send(app: &App, user: i64, method: &str, path: &str, tag: &str, body: &Value) -> Reply {
    let headers = [("Authorization", &*bearer(user)), ("If-Match", tag)];
    app.send(method, path, &headers, body.to_string().as_bytes())
}

fn tag(app: &App, user: i64, path: &str) -> String {
    get(app, user, path).header("etag").unwrap()
}

#[test]
fn what_has_changed_since_it_was_read_is_not_written() {
    let (app, john, id) = with_weekly(json!({}));
    let event = json!({"title": "Late", "start_at": STARTS[0], "end_at": "2025-03-17T10:00:00Z"});
    let (second, from_third) = (occurrence(id, STARTS[1]), super::following(id, STARTS[2]));
    let paths = [path(id), second.clone(), from_third];
    let tags =
        [tag(&app, john, &path(id)), tag(&app, john, &second), tag(&app, john, &occurrence(id, STARTS[2]))];
    done(&patch(&app, john, &path(id), json!({"title": "Early"})));
    app.database.execute("UPDATE CALENDAR_EVENTS SET UPDATED_AT = NULL");
    let before = (get(&app, john, &path(id)).body, rows(&app));
    for (path, tag) in paths.iter().zip(&tags) {
        for (method, body) in
            [("PUT", &event), ("PATCH", &json!({"title": "Late"})), ("DELETE", &json!(null))]
        {
            let weak = format!("W/{tag}");
            for tag in [tag.as_str(), "\"other\"", &weak, "\"a\", \"b\""] {
                send(&app, john, method, path, tag, body).is_error(412, &CHANGED);
            }
        }
    }
    let move_path = format!("{}/move", path(id));
    send(&app, john, "POST", &move_path, &tags[0], &json!({"calendar_id": 1})).is_error(412, &CHANGED);
    assert_eq!((get(&app, john, &path(id)).body, rows(&app)), before);
    assert_eq!(app.database.texts("SELECT UPDATED_AT FROM CALENDAR_EVENTS"), [""]);
    // What is as it was read is written, and so is whatever there is.
    let seen = format!("\"x\", {}", tag(&app, john, &path(id)));
    assert_eq!(send(&app, john, "PATCH", &path(id), &seen, &json!({"title": "1"})).status, 200);
    assert_eq!(send(&app, john, "PATCH", &path(id), "*", &json!({"title": "2"})).status, 200);
    let seen = tag(&app, john, &second);
    assert_eq!(send(&app, john, "PATCH", &second, &seen, &json!({"title": "3"})).status, 200);
    let seen = tag(&app, john, &path(id));
    assert_eq!(send(&app, john, "DELETE", &path(id), &seen, &json!(null)).status, 200);
    send(&app, john, "DELETE", &path(id), &seen, &json!(null)).is_error(404, &[("id", "Event not found")]);
}

#[test]
fn what_another_program_has_changed_is_not_written_over() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let id = app.new_event(john, "T", "2025-12-06");
    let seen = tag(&app, john, &path(id));
    app.database.execute("UPDATE CALENDAR_EVENTS SET COLOR = 'red'");
    send(&app, john, "PATCH", &path(id), &seen, &json!({"title": "x"})).is_error(412, &CHANGED);
    send(&app, john, "DELETE", &path(id), &seen, &json!(null)).is_error(412, &CHANGED);
}

/// All read, and then all write, until each was heard.
#[test]
fn of_writers_at_once_in_two_instances_none_is_lost() {
    let (first, john, id) = with_weekly(json!({}));
    let second = first.again();
    for path in [path(id), occurrence(id, STARTS[1])] {
        done(&patch(&first, john, &super::path(id), json!({"description": null})));
        let together = Barrier::new(16);
        let mut heard: Vec<usize> = thread::scope(|scope| {
            let writers: Vec<_> = (0..16)
                .map(|writer| {
                    let (app, path, together) =
                        (if writer % 2 == 0 { &first } else { &second }, &path, &together);
                    scope.spawn(move || {
                        let mut refused = 0;
                        together.wait();
                        loop {
                            let read = get(app, john, path);
                            let before = read.json()["description"].as_str().unwrap_or_default().to_owned();
                            let body = json!({"description": format!("{before} {writer}")});
                            let reply = send(app, john, "PATCH", path, &read.header("etag").unwrap(), &body);
                            match reply.status {
                                200 => return refused,
                                412 => refused += 1,
                                // The embedded engine's line, or a lock that somebody keeps, can be long.
                                status => panic!("{status}: {}", reply.body),
                            }
                        }
                    })
                })
                .collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        let text = get(&first, john, &path).json()["description"].as_str().unwrap().to_owned();
        let words: Vec<_> = text.split_whitespace().collect();
        assert_eq!(words.len(), 16, "{text}");
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), 16, "{text}");
        heard.retain(|refused| *refused > 0);
        assert!(!heard.is_empty(), "they did not meet");
    }
}

#[test]
fn writers_of_different_members_at_once_are_all_heard() {
    let (first, john, id) = with_weekly(json!({}));
    let second = first.again();
    let bodies = [
        json!({"title": "New"}),
        json!({"location": "Room"}),
        json!({"status": "tentative"}),
        json!({"categories": ["Work"]}),
        json!({"url": "https://example.com/"}),
        json!({"color": "red"}),
    ];
    let together = Barrier::new(bodies.len() + 1);
    thread::scope(|scope| {
        for (index, body) in bodies.iter().enumerate() {
            let (app, together) = (if index % 2 == 0 { &first } else { &second }, &together);
            scope.spawn(move || {
                together.wait();
                assert_eq!(patch(app, john, &path(id), body.clone()).status, 200);
            });
        }
        scope.spawn(|| {
            together.wait();
            done(&patch(&first, john, &occurrence(id, STARTS[1]), json!({"description": "own"})));
        });
    });
    let read = get(&second, john, &path(id)).json();
    for body in &bodies {
        for (member, value) in body.as_object().unwrap() {
            assert_eq!(read[member], *value, "{read}");
        }
    }
    assert_eq!(get(&first, john, &occurrence(id, STARTS[1])).json()["description"], "own");
}
