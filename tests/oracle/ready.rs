//! Ready to serve: the database answers, and has its schema.

use std::thread;
use std::time::{Duration, Instant};

use oracle_client_stand_in::Kind;

use super::OnOracle;
use crate::api::page::browser::{HTML, Person};
use crate::api::support::{Reply, bearer};

const READY: &str = r#"{"status":"ready"}"#;

fn becomes(on: &OnOracle, status: u16) -> Reply {
    let patience = Instant::now() + Duration::from_secs(20);
    loop {
        let reply = on.get("/api/ready");
        if reply.status == status {
            return reply;
        }
        assert!(Instant::now() < patience, "{reply:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn ready_follows_the_database_and_health_does_not() {
    let on = OnOracle::prepared(|oracle| oracle.client.refuse_connections(12541), &[]);
    let reply = on.get("/ready");
    reply.is_error(503, &[("database", "The database is not available, please try again shortly")]);
    assert_eq!(reply.header("retry-after").as_deref(), Some("2"));
    assert_eq!(on.get("/api/health").status, 200);
    on.client.accept_connections();
    becomes(&on, 200).is(200, READY);
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    becomes(&on, 503);
    on.client.accept_connections();
    becomes(&on, 200).is(200, READY);
}

#[test]
fn a_database_without_its_schema_is_not_ready() {
    let on = OnOracle::prepared(|_| (), &[("MIGRATE_AT_START", "false")]);
    on.get("/api/ready").is_error(503, &[("database", "The schema of the database is not in order yet")]);
    on.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
}

#[test]
fn being_asked_often_costs_two_round_trips_a_second() {
    let on = OnOracle::start(&[]);
    let started = Instant::now();
    for _ in 0..50 {
        on.get("/api/ready").is(200, READY);
    }
    let most = 1 + started.elapsed().as_millis() / 500;
    let trips = on.trips();
    assert!(trips.len() as u128 <= most, "{trips:?}");
    assert!(trips.iter().all(|(kind, _)| *kind == Kind::Execute), "{trips:?}");
}

#[test]
fn a_person_is_told_that_the_database_is_away_and_that_nothing_is_lost() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    let person = Person::known(&on, "john@example.com");
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    for path in ["/", "/calendar/month/2026-11"] {
        let page = on.send("GET", path, &[("Accept", HTML), ("Authorization", &bearer(user))], b"");
        page.shows(
            503,
            &[
                "<h1>Not available at the moment</h1>",
                "The database is not available, please try again shortly",
                "Try it again in a moment.",
            ],
        );
        assert_eq!(page.header("retry-after").as_deref(), Some("2"));
    }
    let fields = [
        ("title", "Kept"),
        ("start_date", "2026-11-03"),
        ("start_time", "10:00"),
        ("end_date", "2026-11-03"),
        ("end_time", "11:00"),
        ("time_zone", "UTC"),
    ];
    let away = person.submit("/events/new", &fields);
    away.shows(
        503,
        &[
            r#"action="/events/new""#,
            r#"<input type="hidden" name="csrf_token""#,
            r#"<input type="hidden" name="title" value="Kept">"#,
            "Send it again</button>",
            "<dt>Title</dt><dd><bdi>Kept</bdi></dd>",
        ],
    );
    on.client.accept_connections();
    becomes(&on, 200);
    // As its button sends it.
    let hidden: Vec<_> = away
        .body
        .split(r#"<input type="hidden" name=""#)
        .skip(1)
        .map(|input| input.split_once(r#"" value=""#).unwrap())
        .map(|(name, rest)| (name, rest.split('"').next().unwrap()))
        .collect();
    assert_eq!(hidden.len(), 1 + fields.len());
    person.post("/events/new", &hidden).leads_to("/calendar/day/2026-11-03");
}
