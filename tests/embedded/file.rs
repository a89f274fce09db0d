use std::collections::HashSet;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::api::support::database::{Database, Embedded};
use crate::api::support::{App, Program, TEST_KEY, bearer};

#[test]
fn after_kill_9_under_load_nothing_acknowledged_is_missing() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let (acknowledged, count) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
    let authorization = bearer(user);
    let (base, agent, program) = (app.base.clone(), app.agent.clone(), &app.program);
    thread::scope(|scope| {
        for writer in 0..16 {
            let (acknowledged, count, base, agent, authorization) =
                (&acknowledged, &count, &base, &agent, &authorization);
            scope.spawn(move || {
                for number in 0.. {
                    let title = format!("{writer}-{number}");
                    let event = json!({"title": title, "start_at": "2025-12-06", "end_at": "2025-12-06"});
                    let request = agent
                        .post(format!("{base}/api/calendar/events"))
                        .header("Authorization", authorization);
                    // The server is gone when a request fails.
                    let Ok(response) = request.send(event.to_string()) else { return };
                    assert_eq!(response.status(), 201);
                    // An answer that was cut off is none.
                    let Ok(body) = response.into_body().read_to_string() else { return };
                    let created: Value = serde_json::from_str(&body).unwrap();
                    acknowledged.lock().unwrap().push((created["id"].as_i64().unwrap(), title));
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while count.load(Ordering::Relaxed) < 2000 {
            thread::yield_now();
        }
        program.kill();
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    let listed = app.again().list_events(user).json();
    let kept: HashSet<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["id"].as_i64().unwrap(), event["title"].as_str().unwrap().to_owned()))
        .collect();
    let missing: Vec<_> = acknowledged.iter().filter(|created| !kept.contains(created)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(app.database.texts("PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn after_sigterm_the_file_is_whole_by_itself() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    app.new_event(user, "T", "2025-12-06");
    let folder = std::sync::Arc::clone(&app.folder);
    app.program.terminate();
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    let beside: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(beside, ["persony.db"], "no log is left that a copy of the file would miss");
}

#[test]
fn two_processes_that_both_write_under_load_share_the_file_and_lose_nothing() {
    let first = App::start();
    let user = first.new_user("john@example.com");
    let second = first.again();
    let created = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for app in [&first, &second].into_iter().cycle().take(16) {
            let created = &created;
            scope.spawn(move || {
                for number in 0..50 {
                    // In each process one waits for the other's, and by no means until its deadline.
                    let id = app.new_event(user, &format!("{number}"), "2025-12-06");
                    created.lock().unwrap().push(id);
                }
            });
        }
    });
    let mut created = created.into_inner().unwrap();
    created.sort_unstable();
    for app in [&first, &second] {
        let listed = app.list_events(user).json();
        let mut listed: Vec<_> =
            listed.as_array().unwrap().iter().map(|event| event["id"].as_i64().unwrap()).collect();
        listed.sort_unstable();
        assert_eq!(listed, created);
        assert!(!app.program.log().contains("ERROR"), "{}", app.program.log());
    }
    assert_eq!(created.len(), 800);
}

#[test]
fn of_processes_that_start_at_once_one_makes_the_schema_and_the_key() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let apps: Vec<_> = thread::scope(|scope| {
        let starting: Vec<_> = (0..6).map(|_| scope.spawn(|| without_key(&folder))).collect();
        starting.into_iter().map(|app| app.join().unwrap()).collect()
    });
    let steps = apps[0].database.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS");
    assert_eq!(steps, ["51"], "one for each statement");
    let made = apps.iter().filter(|app| app.program.log().contains("the schema was brought to migration"));
    assert_eq!(made.count(), 1, "{}", logs(&apps));
    // Each signs a token, and each takes it: they have one key.
    apps[0].new_user("john@example.com");
    for signer in &apps {
        let login = signer.log_in("john@example.com", "password").json();
        let authorization = format!("Bearer {}", login["access_token"].as_str().unwrap());
        for app in &apps {
            let headers = [("Authorization", authorization.as_str())];
            app.send("GET", "/api/calendar/events", &headers, b"").is(200, "[]");
        }
    }
    let key = std::fs::read(folder.path().join("persony.db.jwt-key")).unwrap();
    assert!(key.len() >= 32, "{} bytes", key.len());
    assert!(!logs(&apps).contains("ERROR"), "{}", logs(&apps));
}

fn logs(apps: &[App]) -> String {
    apps.iter().map(|app| app.program.log()).collect()
}

#[test]
fn the_file_and_what_stands_beside_it_are_their_owners_alone() {
    let app = App::start();
    app.new_user("john@example.com");
    let folder = std::fs::read_dir(app.folder.path()).unwrap();
    let modes: Vec<_> = folder
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name(), entry.metadata().unwrap().permissions().mode() & 0o777))
        .collect();
    assert!(modes.len() >= 2, "{modes:?}");
    assert!(modes.iter().all(|(_, mode)| *mode == 0o600), "{modes:?}");
}

/// As after a crash, with all three of them there.
#[test]
fn files_that_others_could_use_are_closed_to_them_at_the_start_with_one_line() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    app.program.kill();
    let files = ["", "-wal", "-shm"].map(|suffix| app.folder.path().join(format!("persony.db{suffix}")));
    let mode = |file: &std::path::PathBuf| std::fs::metadata(file).unwrap().permissions().mode() & 0o777;
    for (file, open) in files.iter().zip([0o644, 0o640, 0o604]) {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(open)).unwrap();
    }
    let again = app.again();
    again.list_events(user).is(200, "[]");
    assert_eq!(files.each_ref().map(mode), [0o600; 3]);
    let log = again.program.log();
    let said: Vec<_> = log.lines().filter(|line| line.contains("others could use")).collect();
    assert_eq!(said.len(), 1, "{log}");
    for shown in ["persony.db (644), ", "persony.db-wal (640), ", "persony.db-shm (604): the mode is 600 now"]
    {
        assert!(said[0].contains(shown) && said[0].contains("WARN"), "{log}");
    }
    assert!(!app.again().program.log().contains("others could use"));
}

#[test]
fn while_another_program_holds_the_file_a_write_is_a_503_and_a_read_goes_on() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let holder = Embedded::new(app.folder.path()).connect();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let event = json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"});
    let reply = app.create_event(user, &event);
    reply.is_error(503, &[("database", "The database is not available, please try again shortly")]);
    assert_eq!(reply.header("retry-after").as_deref(), Some("2"));
    app.list_events(user).is(200, "[]");
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(app.create_event(user, &event).status, 201);
    assert_eq!(app.list_events(user).json().as_array().unwrap().len(), 1);
}

#[test]
fn writers_who_wait_for_another_program_wait_side_by_side_and_keep_no_reader_out() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let holder = Embedded::new(app.folder.path()).connect();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let event = json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"});
    let waiting = AtomicUsize::new(0);
    thread::scope(|scope| {
        let started = Instant::now();
        let writers: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| {
                    waiting.fetch_add(1, Ordering::Relaxed);
                    app.create_event(user, &event).status
                })
            })
            .collect();
        while waiting.load(Ordering::Relaxed) < 12 {
            thread::yield_now();
        }
        let mut read = 0;
        while !writers.iter().any(|writer| writer.is_finished()) {
            let asked = Instant::now();
            app.list_events(user).is(200, "[]");
            assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
            read += 1;
        }
        assert!(read > 10, "{read}");
        for writer in writers {
            assert_eq!(writer.join().unwrap(), 503);
        }
        // The deadline of one, and by no means of twelve.
        assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
    });
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(app.create_event(user, &event).status, 201);
}

#[test]
fn the_engine_is_as_strict_as_the_documented_schema() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let database = Embedded::new(app.folder.path()).connect();
    let long = "x".repeat(256);
    for sql in [
        format!("INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('{long}', 'x')"),
        format!("INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('{}', 'x')", "é".repeat(128)),
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('', 'x')".into(),
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES (NULL, 'x')".into(),
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('john@example.com', 'x')".into(),
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH, CREATED_AT) VALUES ('a', 'x', 'now')".into(),
        "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) VALUES (77, 'T', 0, 0)".into(),
        format!("INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) VALUES ({user}, '', 0, 0)"),
        format!("UPDATE USERS SET NAME = '{long}'"),
    ] {
        assert!(database.execute(&sql, []).is_err(), "{sql}");
    }
    assert_eq!(database.execute("DELETE FROM USERS", []).unwrap(), 1);
}

#[test]
fn a_file_that_is_no_database_stops_the_start_and_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("persony.db");
    let text = "not a database, but something that somebody may want to keep. ".repeat(20);
    std::fs::write(&file, &text).unwrap();
    let (log, status) = Program::start(folder.path(), &[("JWT_SECRET_KEY", TEST_KEY.into())]).end();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("Persony cannot start: EMBEDDED_DB_PATH: persony.db: "), "{log}");
    assert!(log.contains("file is not a database"), "{log}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn where_the_server_may_not_migrate_it_does_not_start_without_a_schema() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("JWT_SECRET_KEY", TEST_KEY.into()), ("MIGRATE_AT_START", "false".into())];
    let (log, status) = Program::start(folder.path(), &variables).end();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("MIGRATE_AT_START is false: run persony migrate"), "{log}");
    assert!(!folder.path().join("persony.db").exists());
}

/// A server that is told of no signing key.
fn without_key(folder: &Arc<tempfile::TempDir>) -> App {
    let database: Arc<dyn Database> = Arc::new(Embedded::new(folder.path()));
    App::on(database, Arc::clone(folder), &[("JWT_SECRET_KEY", "")])
}

#[test]
fn tokens_outlive_a_restart_though_no_key_was_configured() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let first = without_key(&folder);
    first.new_user("john@example.com");
    let token =
        first.log_in("john@example.com", "password").json()["access_token"].as_str().unwrap().to_owned();
    drop(first);
    let second = without_key(&folder);
    let authorization = format!("Bearer {token}");
    second.send("GET", "/api/calendar/events", &[("Authorization", &authorization)], b"").is(200, "[]");
}
