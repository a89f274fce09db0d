//! A client that stops reading keeps nobody waiting.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;

use oracle_client_stand_in::Kind;

use super::{EXPORT, log_in};
use crate::api::http::connections::connect;
use crate::api::support::App;

/// More than the system keeps for a client that does not read.
const EVENTS: usize = 10_000;

/// An answer of which the head has been read, and no more.
fn begun(app: &App, token: &str) -> BufReader<TcpStream> {
    let sent = format!(
        "GET {EXPORT} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    let mut answer = BufReader::new(connect(app, sent.as_bytes()));
    let mut line = String::new();
    answer.read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 200 OK\r\n");
    answer
}

/// The body of a chunked answer, whose head has been begun.
fn body(mut answer: BufReader<TcpStream>) -> Vec<u8> {
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        answer.read_line(&mut line).unwrap();
    }
    let mut body = Vec::new();
    loop {
        line.clear();
        answer.read_line(&mut line).unwrap();
        let length = usize::from_str_radix(line.trim_end(), 16).unwrap();
        let mut chunk = vec![0; length + 2];
        answer.read_exact(&mut chunk).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

/// More of them than there are connections to the database.
#[test]
fn clients_that_stop_reading_hold_no_connection_of_the_database() {
    let app = App::with(&[("ORACLE_MAX_CONN", "1"), ("ORACLE_POOL_TIMEOUT", "30")]);
    let user = app.new_user("john@example.com");
    let description = "x".repeat(2000);
    let rows: Vec<_> = (0..EVENTS)
        .map(|index| {
            format!(
                "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, DESCRIPTION, START_AT, END_AT) VALUES \
                 ({user}, '{index}', '{description}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"
            )
        })
        .collect();
    app.database.execute_all(&rows);
    let token = log_in(&app, "john@example.com");
    let mut answers: Vec<_> = (0..9).map(|_| begun(&app, &token)).collect();
    let jane = app.new_user("jane@example.com");
    app.list_events(jane).is(200, "[]");
    if let Some(client) = app.database.stand_in() {
        let pages = client.trips().into_iter().filter(|trip| trip.statement.contains("AND ID > :after_id"));
        let pages =
            pages.filter(|trip| trip.statement.contains("CALENDAR_EVENTS") && trip.kind == Kind::Execute);
        assert!(pages.count() < 9 * EVENTS / 1000, "half of them are not read before they are asked for");
    }
    let document: serde_json::Value = serde_json::from_slice(&body(answers.remove(0))).unwrap();
    assert_eq!(document["events"].as_array().unwrap().len(), EVENTS, "who reads on gets all of it");
    // The others hang up, which the server bears.
    drop(answers);
    app.list_events(jane).is(200, "[]");
}
