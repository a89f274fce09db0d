//! The pieces that every request pays for: `cargo bench --bench hot`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use figment::Figment;
use persony::auth::{PasswordHash, Tokens, UserId};
use persony::config::Config;
use persony::time;
use serde::Serialize;

const TEST_KEY: &str = "a-test-key-that-only-benchmarks-know-01234567";

fn tokens(criterion: &mut Criterion) {
    let figment = Figment::from(("persony.jwt_secret_key", TEST_KEY));
    let config = Config::load(&figment).expect("the key is good");
    let tokens = Tokens::new(&config.signing_key, &config.previous_keys, config.access_token_lifetime);
    let token = tokens.issue(UserId(42)).expect("the claims can be signed");
    criterion
        .bench_function("check an access token", |bench| bench.iter(|| tokens.verify(black_box(&token))));
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

fn passwords(criterion: &mut Criterion) {
    let hash = PasswordHash::generate("correct horse battery staple");
    let mut group = criterion.benchmark_group("passwords");
    group.sample_size(20);
    group.bench_function("check a password", |bench| bench.iter(|| hash.verify(black_box("wrong"))));
    group.finish();
}

criterion_group!(benches, tokens, times, passwords);
criterion_main!(benches);
