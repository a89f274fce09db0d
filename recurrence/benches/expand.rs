//! A month of series that began ten years ago, and reading a rule: `cargo bench -p recurrence`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use recurrence::{Recurrence, Rule, Start};

const RULES: [(&str, &str); 7] = [
    ("weekly", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    ("daily", "FREQ=DAILY"),
    ("monthly", "FREQ=MONTHLY;BYDAY=2TU"),
    ("yearly", "FREQ=YEARLY"),
    ("position", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    ("until", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20281231T225959Z"),
    ("hourly", "FREQ=HOURLY;INTERVAL=6"),
];

fn start() -> Start {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    Start::new("2016-03-07T09:00:00".parse().unwrap(), zone, false).unwrap()
}

fn month() -> (Timestamp, Timestamp) {
    ("2026-03-01T00:00:00Z".parse().unwrap(), "2026-04-01T00:00:00Z".parse().unwrap())
}

fn expand(criterion: &mut Criterion) {
    let (start, (from, to)) = (start(), month());
    let mut group = criterion.benchmark_group("month");
    for (name, text) in RULES {
        let rule = Rule::parse(text, &start).unwrap();
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(&rule).starts_from(&start, from, None).before(to).count());
        });
    }
    let days = (1..51).map(|week| {
        format!("{}T080000Z", (start.local().date() + jiff::Span::new().weeks(week)).strftime("%Y%m%d"))
    });
    let lines = ["RRULE:FREQ=WEEKLY".to_string(), format!("EXDATE:{}", days.collect::<Vec<_>>().join(","))];
    let series = Recurrence::parse(&lines, &start).unwrap();
    group.bench_function("weekly with 50 exceptions", |bencher| {
        bencher.iter(|| black_box(&series).occurrences_between(&start, from, to, None).count());
    });
    group.finish();
    let mut group = criterion.benchmark_group("read");
    for (name, text) in RULES {
        group.bench_function(name, |bencher| bencher.iter(|| Rule::parse(black_box(text), &start)));
    }
    group.bench_function("known weekly", |bencher| {
        bencher.iter(|| Rule::parse_known(black_box(RULES[0].1), &start));
    });
    group.bench_function("weekly with 50 exceptions", |bencher| {
        bencher.iter(|| Recurrence::parse(black_box(&lines), &start));
    });
    group.finish();
}

criterion_group!(benches, expand);
criterion_main!(benches);
