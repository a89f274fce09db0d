//! Random changes of a series over HTTP, beside lists of what is shown. What is right in detail is held beside the code.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{delete, done, following, get, occurrence, path, weekly};
use crate::api::support::App;

/// A change of one of the events that there are, at one of its occurrences.
type Step = (prop::sample::Index, prop::sample::Index, u8, &'static str);

/// What each occurrence of each event is called, and whether by a name of its own.
type Model = Vec<(i64, String, BTreeMap<String, (String, bool)>)>;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let title = prop::sample::select(vec!["One", "Two", "Three"]);
    prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..9_u8, title), 1..6)
}

/// The days on which it can be, at 10 o'clock in Berlin.
fn starts() -> Vec<String> {
    let march = (17..=31).map(|day| (3, day, if day < 30 { 9 } else { 8 }));
    let all = march.chain((1..=5).map(|day| (4, day, 8)));
    all.map(|(month, day, hour)| format!("2025-{month:02}-{day:02}T{hour:02}:00:00Z")).collect()
}

fn body(method: &str, title: &str, start: &str) -> Value {
    let end = start.replace("T09", "T10").replace("T08", "T09");
    match method {
        "PUT" => json!({"title": title, "start_at": start, "end_at": end}),
        _ => json!({"title": title}),
    }
}

fn change(app: &App, john: i64, model: &mut Model, (event, one, what, title): Step) {
    let which = event.index(model.len());
    let (id, called, list) = model[which].clone();
    let all: Vec<_> = list.keys().cloned().collect();
    let (start, first) = (one.get(&all).clone(), get(app, john, &path(id)).json());
    let method = ["PATCH", "PUT", "DELETE"][usize::from(what % 3)];
    let is_deleted = method == "DELETE";
    let send = |path: &str, start: &str| {
        let reply = app.send_as(john, method, path, &body(method, title, start));
        assert_eq!(reply.status, 200, "{method} {path}: {}", reply.body);
        reply.json()["id"].as_i64()
    };
    let renamed = |list: BTreeMap<String, (String, bool)>, but: Option<&str>| {
        let name = |(start, (own, has)): (String, (String, bool))| match has && but != Some(&*start) {
            true => (start, (own, true)),
            false => (start, (title.to_owned(), false)),
        };
        list.into_iter().map(name).collect::<BTreeMap<_, _>>()
    };
    match what / 3 {
        0 => {
            send(&path(id), first["start_at"].as_str().unwrap());
            match is_deleted {
                true => drop(model.remove(which)),
                false => model[which] = (id, title.to_owned(), renamed(list, None)),
            }
        }
        1 => {
            send(&occurrence(id, &start), &start);
            let list = &mut model[which].2;
            match is_deleted {
                true => drop(list.remove(&start)),
                false => drop(list.insert(start, (title.to_owned(), title != called))),
            }
        }
        _ => {
            let new = send(&following(id, &start), &start);
            let mut before = list;
            let rest = before.split_off(&start);
            let is_whole = before.is_empty();
            model[which] = (id, called, before);
            if is_whole {
                model.remove(which);
            }
            if !is_deleted {
                let new = new.unwrap();
                assert_eq!(new == id, is_whole);
                model.push((new, title.to_owned(), renamed(rest, Some(&start))));
            }
        }
    }
    model.retain(|(_, _, list)| !list.is_empty());
}

#[test]
fn any_change_over_http_changes_just_what_it_says() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let all = starts();
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&steps(), |steps| {
            let lines =
                json!(["RRULE:FREQ=DAILY;COUNT=12", "RDATE:20250404T080000Z", "EXDATE:20250319T090000Z"]);
            let id = done(&app.create_event(john, &weekly(json!({"recurrence": lines}))));
            let is_there = |(day, _): &(usize, &String)| (*day < 12 && *day != 2) || *day == 18;
            let list = all
                .iter()
                .enumerate()
                .filter(is_there)
                .map(|(_, start)| (start.clone(), ("Weekly".into(), false)));
            let mut model: Model = vec![(id, "Weekly".into(), list.collect())];
            for step in steps {
                if model.is_empty() {
                    break;
                }
                change(&app, john, &mut model, step);
                for (id, _, list) in &model {
                    let replies = all.iter().map(|start| (start, get(&app, john, &occurrence(*id, start))));
                    let found = replies.filter(|(_, reply)| reply.status == 200);
                    let found = found.map(|(start, reply)| {
                        (start.clone(), reply.json()["title"].as_str().unwrap().to_owned())
                    });
                    let wanted = list.iter().map(|(start, (title, _))| (start.clone(), title.clone()));
                    let (found, wanted): (Vec<_>, Vec<_>) = (found.collect(), wanted.collect());
                    // Of a series that has become a single event there are no occurrences to be named.
                    let is_single = get(&app, john, &path(*id)).json().get("recurrence").is_none();
                    prop_assert!(
                        found == wanted || (is_single && wanted.len() == 1),
                        "{found:?}, not {wanted:?}"
                    );
                }
                model.retain(|(id, ..)| get(&app, john, &path(*id)).json().get("recurrence").is_some());
            }
            for (id, ..) in model {
                assert_eq!(delete(&app, john, &path(id)).status, 200);
            }
            Ok(())
        })
        .unwrap();
}
