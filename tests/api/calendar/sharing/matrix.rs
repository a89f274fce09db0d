//! Every route that takes an event, a calendar or a share, by everybody, as often as there are kinds of events. Which routes
//! there are says the document, which a test compares with those that are mounted.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{accept, add_user, answer, calendar, created, event, new_calendar, offer};
use crate::api::support::App;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Owner,
    Write,
    Read,
    Busy,
    Offered,
    Declined,
    /// Ended it themselves.
    Left,
    /// The owner has ended it.
    OnceShared,
    Stranger,
    Nobody,
}

use Who::{Busy, Declined, Left, Nobody, Offered, OnceShared, Owner, Read, Stranger, Write};

const ALL: [Who; 10] = [Owner, Write, Read, Busy, Offered, Declined, Left, OnceShared, Stranger, Nobody];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Private,
    Series,
    Occurrence,
}

const KINDS: [Kind; 4] = [Kind::Plain, Kind::Private, Kind::Series, Kind::Occurrence];

/// What of the owner's is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    Calendar,
    Event,
}

/// A person's things, and what somebody has of them.
struct Cell {
    owner: i64,
    user: i64,
    calendar: i64,
    event: i64,
    share: i64,
}

impl Cell {
    fn new(app: &App, number: usize, who: Who, kind: Kind, shared: Shared) -> Self {
        let owner = add_user(app, &format!("owner{number}"));
        let other = add_user(app, &format!("other{number}"));
        let calendar_id = new_calendar(app, owner, "Work");
        let mut body = crate::api::calendar::event(json!({"calendar_id": calendar_id}));
        match kind {
            Kind::Plain => {}
            Kind::Private => body["visibility"] = json!("private"),
            Kind::Series | Kind::Occurrence => body["recurrence"] = json!(["RRULE:FREQ=DAILY;COUNT=3"]),
        }
        let id = created(&app.create_event(owner, &body));
        let path = match shared {
            Shared::Calendar => calendar(calendar_id),
            Shared::Event => event(id),
        };
        let email = format!("other{number}@example.com");
        let access = match who {
            Busy => "busy",
            Write | Left | OnceShared => "write",
            _ => "read",
        };
        let share = match who {
            // There is a share, and they have nothing to do with it.
            Stranger | Nobody => offer(app, owner, &path, "somebody@example.com", access),
            _ => offer(app, owner, &path, &email, access),
        };
        if matches!(who, Owner | Write | Read | Busy | Left | OnceShared) {
            accept(app, other, share);
        }
        let end = |user| {
            assert_eq!(
                app.send_as(user, "DELETE", &format!("{path}/shares/{share}"), &json!(null)).status,
                200
            )
        };
        match who {
            Declined => assert_eq!(answer(app, other, share, false).status, 200),
            Left => end(other),
            OnceShared => end(owner),
            _ => {}
        }
        let user = if who == Owner { owner } else { other };
        Self { owner, user, calendar: calendar_id, event: id, share }
    }
}

/// What a route is for, which is what decides who may.
#[derive(Debug, Clone, Copy)]
enum For {
    SeeCalendar,
    OwnCalendar,
    WriteCalendar,
    SeeEvent,
    WriteEvent,
    MoveEvent,
    /// Of the calendar's shares, or the event's.
    List(Shared),
    Make(Shared),
    SeeShare(Shared),
    ChangeShare(Shared),
    EndShare(Shared),
    Answer,
    /// One's own, whoever one is.
    Oneself,
}

/// Each route: a new one needs a line here.
fn routes() -> Vec<(&'static str, &'static str, For, Value)> {
    let share = json!({"email": "new@example.com", "access": "read"});
    let access = json!({"access": "write"});
    let whole = crate::api::calendar::event(json!({}));
    vec![
        ("GET", "/api/calendar/events", For::Oneself, json!(null)),
        ("GET", "/api/calendar/calendars", For::Oneself, json!(null)),
        ("POST", "/api/calendar/calendars", For::Oneself, json!({"name": "New"})),
        ("GET", "/api/calendar/offers", For::Oneself, json!(null)),
        ("POST", "/api/calendar/events", For::WriteCalendar, whole.clone()),
        ("GET", "/api/calendar/calendars/{id}", For::SeeCalendar, json!(null)),
        ("GET", "/api/calendar/calendars/{id}/changes", For::SeeCalendar, json!(null)),
        ("PATCH", "/api/calendar/calendars/{id}", For::SeeCalendar, json!({"color": "#FF0000"})),
        ("GET", "/api/calendar/calendars/{id}/shares", For::List(Shared::Calendar), json!(null)),
        ("POST", "/api/calendar/calendars/{id}/shares", For::Make(Shared::Calendar), share.clone()),
        ("GET", "/api/calendar/calendars/{id}/shares/{share}", For::SeeShare(Shared::Calendar), json!(null)),
        (
            "PATCH",
            "/api/calendar/calendars/{id}/shares/{share}",
            For::ChangeShare(Shared::Calendar),
            access.clone(),
        ),
        ("GET", "/api/calendar/events/{id}", For::SeeEvent, json!(null)),
        ("GET", "/api/calendar/events/{id}/shares", For::List(Shared::Event), json!(null)),
        ("POST", "/api/calendar/events/{id}/shares", For::Make(Shared::Event), share),
        ("GET", "/api/calendar/events/{id}/shares/{share}", For::SeeShare(Shared::Event), json!(null)),
        ("PATCH", "/api/calendar/events/{id}/shares/{share}", For::ChangeShare(Shared::Event), access),
        ("PATCH", "/api/calendar/events/{id}", For::WriteEvent, json!({"location": "Room A"})),
        ("PUT", "/api/calendar/events/{id}", For::WriteEvent, whole),
        // These leave nothing, or something else, behind.
        ("POST", "/api/calendar/events/{id}/move", For::MoveEvent, json!(null)),
        ("DELETE", "/api/calendar/events/{id}", For::WriteEvent, json!(null)),
        ("DELETE", "/api/calendar/events/{id}/shares/{share}", For::EndShare(Shared::Event), json!(null)),
        (
            "DELETE",
            "/api/calendar/calendars/{id}/shares/{share}",
            For::EndShare(Shared::Calendar),
            json!(null),
        ),
        ("DELETE", "/api/calendar/calendars/{id}", For::OwnCalendar, json!(null)),
        ("POST", "/api/calendar/offers/{id}", For::Answer, json!({"accept": true})),
    ]
}

/// Whether what follows finds something else.
fn spoils(method: &str, what: For) -> bool {
    method == "DELETE" || matches!(what, For::MoveEvent | For::Answer)
}

/// The status that is due.
fn due(method: &str, what: For, who: Who, kind: Kind, shared: Shared) -> u16 {
    let done = if method == "POST" && matches!(what, For::Oneself | For::WriteCalendar | For::Make(_)) {
        201
    } else {
        200
    };
    if who == Nobody {
        return 401;
    }
    let is_receiver = matches!(who, Write | Read | Busy);
    let sees_calendar = who == Owner || is_receiver && shared == Shared::Calendar;
    let sees_event = who == Owner || is_receiver;
    let may_write = who == Owner || who == Write && kind != Kind::Private;
    let among = |sees: bool, may: bool| match (sees, may) {
        (true, true) => done,
        (true, false) => 403,
        (false, _) => 404,
    };
    let sees = |subject| if subject == Shared::Calendar { sees_calendar } else { sees_event };
    let has_share = |subject| subject == shared && (who == Owner || is_receiver);
    match what {
        For::Oneself => done,
        For::SeeCalendar => among(sees_calendar, true),
        For::OwnCalendar => among(sees_calendar, who == Owner),
        // The calendar stands in the body.
        For::WriteCalendar => match (sees_calendar, matches!(who, Owner | Write)) {
            (false, _) => 400,
            (true, may) => among(true, may),
        },
        For::SeeEvent => among(sees_event, true),
        For::WriteEvent => among(sees_event, may_write),
        For::MoveEvent => among(sees_event, who == Owner),
        For::List(subject) => among(sees(subject), true),
        For::Make(subject) => among(sees(subject), who == Owner),
        For::SeeShare(subject) | For::EndShare(subject) => among(has_share(subject), true),
        For::ChangeShare(subject) => among(has_share(subject), who == Owner),
        For::Answer => {
            if who == Offered {
                200
            } else {
                404
            }
        }
    }
}

fn ask(
    app: &App,
    cell: &Cell,
    (method, path, what, body): &(&str, &str, For, Value),
    who: Who,
    kind: Kind,
) -> u16 {
    let id = match what {
        For::Answer => cell.share,
        _ if path.contains("/events/") => cell.event,
        _ => cell.calendar,
    };
    let mut path = path.replace("{id}", &id.to_string()).replace("{share}", &cell.share.to_string());
    if kind == Kind::Occurrence && matches!(what, For::SeeEvent | For::WriteEvent) {
        path += "?occurrence=2025-12-07T10:00:00Z";
    }
    let body = match what {
        For::WriteCalendar => {
            let mut body = body.clone();
            body["calendar_id"] = json!(cell.calendar);
            body
        }
        For::MoveEvent => {
            let own = super::get(app, cell.owner, super::CALENDARS).json();
            json!({"calendar_id": own[0]["id"]})
        }
        _ => body.clone(),
    };
    match who {
        Nobody => app.send(method, &path, &[], body.to_string().as_bytes()).status,
        _ => app.send_as(cell.user, method, &path, &body).status,
    }
}

#[test]
fn every_route_has_a_line() {
    let app = App::start();
    let document = app.get("/api/openapi.json").json();
    let described: BTreeSet<_> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, _)| path.starts_with("/api/calendar/"))
        .flat_map(|(path, operations)| {
            operations
                .as_object()
                .unwrap()
                .keys()
                .map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let routes = routes();
    let lines: BTreeSet<_> = routes.iter().map(|(method, path, ..)| format!("{method} {path}")).collect();
    assert_eq!(lines, described);
}

fn try_all(shared: Shared) {
    let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
    let mut number = 0;
    let mut wrong = Vec::new();
    let mut new_cell = |who, kind| {
        number += 1;
        Cell::new(&app, number, who, kind, shared)
    };
    for who in ALL.into_iter().filter(|who| (*who, shared) != (Busy, Shared::Event)) {
        for kind in KINDS {
            let mut cell = new_cell(who, kind);
            for route in &routes() {
                let (method, path, what, _) = route;
                let (found, due) =
                    (ask(&app, &cell, route, who, kind), due(method, *what, who, kind, shared));
                if found != due {
                    wrong.push(format!("{method} {path} by {who:?}, {kind:?}: {found}, due is {due}"));
                }
                if found < 400 && spoils(method, *what) {
                    cell = new_cell(who, kind);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everybody_does_what_they_may_and_nothing_else_where_a_calendar_is_shared() {
    try_all(Shared::Calendar);
}

#[test]
fn everybody_does_what_they_may_and_nothing_else_where_an_event_is_shared() {
    try_all(Shared::Event);
}
