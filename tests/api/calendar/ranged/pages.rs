use serde_json::{Value, json};

use super::{add, at_occurrence, events, list};
use crate::api::support::App;

/// The events of each page, from the first on.
fn pages(app: &App, user: i64, query: &str) -> Vec<Vec<Value>> {
    let (mut pages, mut next) = (Vec::new(), Some(format!("/api/calendar/events?{query}")));
    while let Some(path) = next {
        let reply = app.send_as(user, "GET", &path, &Value::Null);
        pages.push(events(&reply));
        next = reply.header("link").map(|link| {
            let target = link.strip_prefix('<').and_then(|rest| rest.strip_suffix(r#">; rel="next""#));
            target.unwrap_or_else(|| panic!("{link}")).to_owned()
        });
    }
    pages
}

#[test]
fn pages_put_together_are_the_list() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let day = |day: u32| format!("2025-12-{day:02}T10:00:00Z");
    for index in 0..9 {
        // Three at a time.
        add(&app, user, "single", (&day(index / 3 + 1), &day(index / 3 + 1)), json!({}));
    }
    add(&app, user, "long", ("2020-01-01", "2026-01-01"), json!({}));
    let id = add(&app, user, "daily", (&day(1), &day(2)), json!({"recurrence": ["RRULE:FREQ=DAILY"]}));
    add(&app, user, "hourly", (&day(2), &day(2)), json!({"recurrence": ["RRULE:FREQ=HOURLY;COUNT=30"]}));
    add(
        &app,
        user,
        "whole",
        ("2025-12-02", "2025-12-03"),
        json!({"is_all_day": true, "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}),
    );
    let moved = json!({"start_at": day(3), "end_at": day(4)});
    at_occurrence(&app, user, "PATCH", id, &day(5), &moved);
    let query = "from=2025-12-02&to=2025-12-06";
    let whole = events(&list(&app, user, query));
    assert!(whole.len() > 40);
    let keys: Vec<_> = whole
        .iter()
        .map(|event| (event["start_at"].to_string(), event["id"].as_i64(), event["occurrence"].to_string()))
        .collect();
    assert!(keys.is_sorted(), "{keys:#?}");
    for limit in [1, 2, 3, 7, whole.len() - 1, whole.len(), whole.len() + 1] {
        let pages = pages(&app, user, &format!("{query}&limit={limit}"));
        assert_eq!(pages.concat(), whole, "by {limit}");
        assert!(pages.iter().rev().skip(1).all(|page| page.len() == limit));
        assert_eq!(pages.len(), whole.len().div_ceil(limit), "none is empty");
    }
}

#[test]
fn a_series_of_every_minute_comes_page_by_page() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let minute = ("2020-01-01T00:00:00Z", "2020-01-01T00:01:00Z");
    add(&app, user, "minute", minute, json!({"recurrence": ["RRULE:FREQ=MINUTELY"]}));
    add(&app, user, "single", ("2025-01-08", "2025-01-08"), json!({}));
    let first = list(&app, user, "from=2025-01-01&to=2035-01-01");
    let link = first.header("link").unwrap();
    let first = events(&first);
    assert_eq!(first.len(), 10_000);
    assert_eq!(first[9_999]["start_at"], "2025-01-07T22:39:00Z");
    let path = link.strip_prefix('<').unwrap().split('>').next().unwrap();
    let second = events(&app.send_as(user, "GET", path, &Value::Null));
    assert_eq!(second[0]["start_at"], "2025-01-07T22:40:00Z");
    assert_eq!((&second[80]["title"], &second[81]["title"]), (&json!("minute"), &json!("single")));
    assert_eq!(events(&list(&app, user, "from=2025-01-01&to=2035-01-01&q=single")).len(), 1);
}

#[test]
fn the_next_page_asks_for_the_same() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for title in ["tea", "coffee", "tea", "tea"] {
        add(&app, user, title, ("2025-12-06T10:00:00Z", "2025-12-06T10:00:00Z"), json!({}));
    }
    let found = pages(&app, user, "from=2025-12-06&to=2025-12-07&q=tea&limit=2&time_zone=Europe%2FBerlin");
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    assert!(found.concat().iter().all(|event| event["title"] == "tea"));
}
