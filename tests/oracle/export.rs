//! The database breaks while a person's document is on its way, and what it is asked for.

use std::io::Read;
use std::time::{SystemTime, UNIX_EPOCH};

use oracle_client_stand_in::KillPoint;
use oracle_client_stand_in::Kind::{Execute, ExecuteCommit, Fetch};
use serde_json::{Value, json};

use super::OnOracle;
use super::faults::is_unavailable;
use crate::api::http::connections::connect;
use crate::api::support::database::event_row;
use crate::api::support::signed;

const EXPORT: &str = "/api/users/me/export";

/// Of a plain login: the account and the entry in the audit log come before the first byte; a closed account, the
/// address and what is counted against it, sessions and calendars before the events.
const BEFORE_EVENTS: u64 = 7;

/// A server with John, who has so many events, and a token that was made just now.
fn with_events(total: usize) -> (OnOracle, String) {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    let rows: Vec<_> = (0..total).map(|index| event_row(user, &index.to_string())).collect();
    on.database.execute_all(&rows);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({"type": "access", "sub": user.to_string(), "iat": now, "exp": now + 600});
    let token = signed(&claims).split_off("Bearer ".len());
    on.trips();
    (on, token)
}

fn whole(on: &OnOracle, token: &str) -> Value {
    let reply = on.send("GET", EXPORT, &[("Authorization", &format!("Bearer {token}"))], b"");
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// All that comes, be it by an end or by a reset.
fn all_of(on: &OnOracle, token: &str) -> String {
    let sent = format!("GET {EXPORT} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n");
    let (mut answer, mut piece) = (Vec::new(), [0; 4096]);
    let mut stream = connect(on, sent.as_bytes());
    while let Ok(length @ 1..) = stream.read(&mut piece) {
        answer.extend_from_slice(&piece[..length]);
    }
    String::from_utf8(answer).unwrap()
}

#[test]
fn an_export_is_a_trip_for_each_part_and_three_for_each_full_page() {
    let (on, token) = with_events(0);
    whole(&on, &token);
    let short = on.trips();
    let account_and_entry = [(Execute, 1), (ExecuteCommit, 1)];
    assert_eq!(short[..2], account_and_entry);
    // Of the account's state, its address, failures, sessions, calendars, events, their exceptions, shares both ways, and
    // the entry itself.
    assert_eq!(short[2..].iter().map(|(_, rows)| *rows).collect::<Vec<_>>(), [0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert!(short[2..].iter().all(|(kind, _)| *kind == Execute), "{short:?}");
    let (on, token) = with_events(1200);
    assert_eq!(whole(&on, &token)["events"].as_array().unwrap().len(), 1200);
    let long = on.trips();
    let first = usize::try_from(BEFORE_EVENTS).unwrap();
    assert_eq!(long[..2], account_and_entry);
    let (events, rest) = long[first..].split_at(long.len() - first - 4);
    let kinds: Vec<_> = events.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [Execute, Fetch, Fetch, Execute, Fetch, Fetch, Execute, Fetch]);
    assert_eq!(events.iter().map(|(_, rows)| rows).sum::<u64>(), 1200);
    let nothing = (Execute, 0);
    assert_eq!(
        rest,
        [nothing, nothing, nothing, (Execute, 1)],
        "no exceptions, no shares, and the entry itself"
    );
    assert_eq!(on.client.national_binds(), [""; 0]);
}

#[test]
fn a_login_of_a_session_is_looked_at_by_one_trip_more() {
    let (on, _) = with_events(0);
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    let token = on.post("/api/users/login", &login).json()["access_token"].as_str().unwrap().to_owned();
    on.trips();
    whole(&on, &token);
    let trips = on.trips();
    assert_eq!((trips.len(), &trips[..3]), (13, &[(Execute, 1), (Execute, 1), (ExecuteCommit, 1)][..]));
}

#[test]
fn a_database_that_goes_away_in_the_middle_breaks_the_answer_off() {
    for page in 0..3 {
        let (on, token) = with_events(1200);
        on.client.kill_in_nth_statement(BEFORE_EVENTS + page + 1, KillPoint::BeforeEffect);
        let answer = all_of(&on, &token);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains(r#","sessions":[]"#), "{answer}");
        assert_eq!(answer.contains(r#""title":"0""#), page > 0, "{page}");
        assert!(
            !answer.contains(r#","activity""#) && !answer.ends_with("0\r\n\r\n"),
            "it looks whole: {page}"
        );
        let log = on.program.log();
        let told: Vec<_> = log.lines().filter(|line| line.contains("ERROR")).collect();
        assert_eq!(told.len(), 1, "{log}");
        assert!(told[0].contains("GET /api/users/me/export broke off: "), "{log}");
        assert!(told[0].contains("DPI-1080") || told[0].contains("ORA-03113"), "{log}");
        assert!(!answer.contains("ORA-") && !answer.contains("DPI-"), "{answer}");
        // Once it is back, the person tries again.
        on.wait_until(|on| on.list_events(1).status == 200);
        assert_eq!(whole(&on, &token)["events"].as_array().unwrap().len(), 1200);
    }
}

#[test]
fn a_database_that_is_away_before_the_first_byte_is_a_503() {
    for (statement, entries) in [(1, 0), (2, 0)] {
        let (on, token) = with_events(1);
        on.client.kill_in_nth_statement(statement, KillPoint::BeforeEffect);
        let authorization = format!("Bearer {token}");
        is_unavailable(&on.send("GET", EXPORT, &[("Authorization", &authorization)], b""));
        let written = on.database.texts("SELECT ID FROM AUDIT_LOG WHERE ACT = 'exported'");
        assert_eq!(written.len(), entries, "{statement}");
    }
}

/// What is handed out is in the log by then: who cannot write there hands nothing out.
#[test]
fn nothing_is_handed_out_that_the_audit_log_does_not_take() {
    let (on, token) = with_events(1);
    on.client.fail_statements_like("INSERT INTO AUDIT_LOG", 1653);
    let reply = on.send("GET", EXPORT, &[("Authorization", &format!("Bearer {token}"))], b"");
    reply.is_error(500, &[("server", "Internal server error")]);
}
