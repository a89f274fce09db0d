//! The pieces that every request pays for: `cargo bench --bench hot`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use figment::Figment;
use persony::auth::{Grant, PasswordHash, Revocation, Revocations, Tokens, UserId};
use persony::calendar::{Event, EventList};
use persony::config::Config;
use persony::db::{Db, Observer, Without, Work};
use persony::time;
use serde::Serialize;
use uuid::Uuid;

const TEST_KEY: &str = "a-test-key-that-only-benchmarks-know-01234567";

fn tokens(criterion: &mut Criterion) {
    let figment = Figment::from(("persony.jwt_secret_key", TEST_KEY));
    let config = Config::load(&figment).expect("the key is good");
    let tokens = Tokens::new(&config.auth);
    let token = tokens.issue(UserId(42), persony::auth::now().as_secs()).expect("the claims can be signed");
    criterion
        .bench_function("check an access token", |bench| bench.iter(|| tokens.verify(black_box(&token))));
    let token = of_session(&tokens);
    criterion.bench_function("check an access token of a session", |bench| {
        bench.iter(|| tokens.verify(black_box(&token)))
    });
}

fn of_session(tokens: &Tokens) -> String {
    let [session, csrf, refresh_jti] = [(); 3].map(|()| Uuid::new_v4());
    let issued_at = Utc::now().timestamp().unsigned_abs();
    let grant = Grant { user: UserId(42), session, csrf, refresh_jti, issued_at, remember: false };
    tokens.issue_pair(&grant).expect("the claims can be signed").access_token
}

/// Nobody looks at what the database tells of itself.
struct Unseen;

impl Observer for Unseen {
    fn waiting(&self, _: i64) {}
    fn lent(&self, _: Duration) {}
    fn went_without(&self, _: Without) {}
    fn worked(&self, _: Work) {}
}

/// A look for a good token among 100,000 that are revoked, as each protected request takes it.
fn revocations(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let figment = Figment::from(("persony.jwt_secret_key", TEST_KEY))
        .merge(("persony.embedded_db_path", folder.path().join("persony.db")));
    let config = Config::load(&figment).expect("the key is good");
    let db = Db::open(&config.database, Arc::new(Unseen)).expect("an empty folder takes a file");
    let lifetime = config.auth.access_token_lifetime;
    let known = Revocations::new(db, config.auth.revocation_poll, lifetime);
    for _ in 0..100_000 {
        known.note(&Revocation::of_session(Uuid::new_v4()), known.expiry());
    }
    let tokens = Tokens::new(&config.auth);
    let plain = tokens.issue(UserId(42), persony::auth::now().as_secs()).expect("the claims can be signed");
    for (what, token) in [("a token", plain), ("a token of a session", of_session(&tokens))] {
        let token = tokens.verify(&token).expect("it is good");
        assert!(!known.is_revoked(&token));
        criterion.bench_function(&format!("look for {what} among 100,000 revoked ones"), |bench| {
            bench.iter(|| known.is_revoked(black_box(&token)))
        });
    }
}

#[derive(Serialize)]
struct Printed(#[serde(serialize_with = "time::serialize")] chrono::DateTime<chrono::Utc>);

fn times(criterion: &mut Criterion) {
    let text = "2025-12-06T10:00:00.123456+07:00";
    criterion.bench_function("read a time", |bench| bench.iter(|| time::parse(black_box(text))));
    let printed = Printed(time::parse(text).expect("a time"));
    let mut buffer = Vec::with_capacity(64);
    criterion.bench_function("print a time", |bench| {
        bench.iter(|| {
            buffer.clear();
            serde_json::to_writer(&mut buffer, black_box(&printed))
        });
    });
}

fn lists(criterion: &mut Criterion) {
    let start_at = Utc::now();
    let event = Event {
        id: 1_000_000,
        title: "Team Meeting".into(),
        description: Some("Weekly sync".into()),
        start_at,
        end_at: start_at + TimeDelta::hours(1),
        is_all_day: false,
        location: Some("Conference Room A".into()),
        color: Some("#FF5733".into()),
    };
    criterion.bench_function("print a list of 100 events", |bench| {
        bench.iter(|| {
            let mut list = EventList::empty();
            (0..100).try_for_each(|_| list.push(black_box(&event))).map(|()| list)
        });
    });
}

fn passwords(criterion: &mut Criterion) {
    let hash = PasswordHash::generate("correct horse battery staple");
    let mut group = criterion.benchmark_group("passwords");
    group.sample_size(20);
    group.bench_function("check a password", |bench| bench.iter(|| hash.verify(black_box("wrong"))));
    group.finish();
}

criterion_group!(benches, tokens, revocations, times, lists, passwords);
criterion_main!(benches);
