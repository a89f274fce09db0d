use chrono::{DateTime, Utc};
use rocket::http::Status;
use rocket::local::blocking::{Client, LocalResponse};
use rocket::{Config, get, routes};
use serde_json::{Value, json};

use super::{Page, Paged};
use crate::http;
use crate::watch::{Metrics, Watch};

/// The moments and names of a list of `total` rows, newest first, of which four share a moment each.
#[get("/list?<total>&<_about>")]
fn list(
    page: Page<(DateTime<Utc>, String)>,
    total: i64,
    _about: Option<&str>,
) -> Paged<(DateTime<Utc>, String)> {
    let key = |row: i64| (DateTime::from_timestamp_micros(row / 4).unwrap(), format!("{row:04}"));
    let rows = (0..total).rev().map(key);
    let rows = rows.filter(|row| page.after().is_none_or(|after| row < after));
    let rows: Vec<_> = rows.take(usize::try_from(page.rows()).unwrap()).collect();
    page.of(rows, Clone::clone)
}

fn client() -> Client {
    let config = Config { log_level: rocket::config::LogLevel::Off, ..Config::debug_default() };
    let rocket = rocket::custom(config)
        .attach(Watch)
        .manage(Metrics::new("tests").unwrap())
        .mount("/api", http::with_refusals(routes![list]))
        .register("/", http::catchers());
    Client::untracked(rocket).unwrap()
}

fn next(answer: &LocalResponse<'_>) -> Option<String> {
    let mut links = answer.headers().get("Link");
    let link = links.next()?;
    assert_eq!(links.next(), None);
    let target = link.strip_prefix('<').and_then(|rest| rest.strip_suffix(r#">; rel="next""#));
    Some(target.unwrap_or_else(|| panic!("{link}")).to_owned())
}

/// The names of each page, from this one on.
fn pages(client: &Client, first: &str) -> Vec<Vec<String>> {
    let (mut pages, mut following) = (Vec::new(), Some(first.to_owned()));
    while let Some(path) = following {
        let answer = client.get(path.clone()).dispatch();
        assert_eq!(answer.status(), Status::Ok, "{path}");
        following = next(&answer);
        let rows: Vec<(Value, String)> = answer.into_json().unwrap();
        pages.push(rows.into_iter().map(|(_, name)| name).collect());
    }
    pages
}

fn names(total: usize) -> Vec<String> {
    (0..total).rev().map(|row| format!("{row:04}")).collect()
}

#[test]
fn pages_put_together_are_the_list_and_only_the_last_one_names_no_next() {
    let client = client();
    for (total, limit, sizes) in [
        (0, 1, &[0][..]),
        (1, 1, &[1]),
        (10, 3, &[3, 3, 3, 1]),
        (10, 5, &[5, 5]),
        (10, 10, &[10]),
        (10, 1000, &[10]),
        (1001, 1000, &[1000, 1]),
    ] {
        let pages = pages(&client, &format!("/api/list?total={total}&limit={limit}"));
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), sizes, "{total} by {limit}");
        assert_eq!(pages.concat(), names(total));
    }
    let sizes: Vec<_> = pages(&client, "/api/list?total=101").iter().map(Vec::len).collect();
    assert_eq!(sizes, [50, 50, 1], "by itself");
}

#[test]
fn the_next_page_is_an_absolute_path_with_everything_else_that_was_asked_for() {
    let client = client();
    let first = "/api/list?_about=a%20%26%3Cb{}c&total=9&limit=2&&cur%73ors=x";
    let second = next(&client.get(first).dispatch()).unwrap();
    let kept = "/api/list?_about=a%20%26%3Cb%7B%7Dc&total=9&limit=2&cur%73ors=x&cursor=";
    let cursor = second.strip_prefix(kept).unwrap_or_else(|| panic!("{second}"));
    assert!(cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{cursor}");
    let third = next(&client.get(second.clone()).dispatch()).unwrap();
    assert_eq!(third.matches("cursor=").count(), 1, "{third}");
    assert_ne!(third, second);
    let renamed = second.replace("&cursor=", "&cur%73or=");
    assert_eq!(next(&client.get(renamed).dispatch()).unwrap(), third, "whatever it is spelt like");
}

#[test]
fn a_limit_or_a_cursor_that_is_none_is_a_400_on_it() {
    let client = client();
    let limit = ("limit", "Must be an integer from 1 to 1000");
    let cursor = ("cursor", "Must be what the Link of a page of this list names");
    let own = next(&client.get("/api/list?total=2&limit=1").dispatch()).unwrap();
    let own = own.split_once("cursor=").unwrap().1.to_owned();
    let is_refused = |query: &str, fields: &[(&str, &str)]| {
        let answer = client.get(format!("/api/list?total=2&{query}")).dispatch();
        assert_eq!(answer.status(), Status::BadRequest, "{query}");
        let fields: serde_json::Map<_, _> =
            fields.iter().map(|(field, message)| ((*field).to_owned(), json!(message))).collect();
        assert_eq!(answer.into_json::<Value>().unwrap(), json!({ "errors": fields }), "{query}");
    };
    for text in ["", "0", "-1", "1001", "01", "1.0", "1e2", "ten", "+1", "9223372036854775808", "1&limit=1"] {
        is_refused(&format!("limit={text}"), &[limit]);
    }
    for text in
        ["", "1", "AAAA", "%00", "a%20b", &format!("{own}A"), &own[1..], &format!("{own}&cursor={own}")]
    {
        is_refused(&format!("cursor={text}"), &[cursor]);
    }
    is_refused("limit=0&cursor=x", &[cursor, limit]);
    assert_eq!(client.get(format!("/api/list?total=2&cursor={own}")).dispatch().status(), Status::Ok);
}
