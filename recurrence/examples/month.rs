//! Times one month of many series, for `benches/beside_dateutil.py`: the best round of 20 in seconds, without and with
//! reading the lines anew, and the number of occurrences.

use std::io::BufRead;
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use recurrence::{Recurrence, Start};

struct Series {
    start: Start,
    from: Timestamp,
    to: Timestamp,
    lines: Vec<String>,
    recurrence: Recurrence,
}

/// Zone, local start, from, to and the lines, between tabs.
fn read(line: &str) -> Option<Series> {
    let fields: Vec<_> = line.split('\t').collect();
    let [zone, local, from, to, lines @ ..] = fields.as_slice() else { return None };
    let start = Start::new(local.parse().ok()?, TimeZone::get(zone).ok()?, false).ok()?;
    let recurrence = Recurrence::parse(lines, &start).ok()?;
    let lines = lines.iter().map(ToString::to_string).collect();
    Some(Series { start, from: from.parse().ok()?, to: to.parse().ok()?, lines, recurrence })
}

fn expand(series: &Series, recurrence: &Recurrence) -> usize {
    recurrence.occurrences_between(&series.start, series.from, series.to, None).count()
}

fn best(work: impl Fn() -> usize) -> (f64, usize) {
    let rounds = (0..20).map(|_| {
        let begin = Instant::now();
        let found = work();
        (begin.elapsed().as_secs_f64(), found)
    });
    rounds.fold((f64::MAX, 0), |best, round| (best.0.min(round.0), round.1))
}

fn main() {
    let lines = std::io::stdin().lock().lines().map_while(Result::ok);
    let every: Vec<_> = lines.map(|line| read(&line).unwrap_or_else(|| panic!("{line}"))).collect();
    let (known, count) = best(|| every.iter().map(|series| expand(series, &series.recurrence)).sum());
    let (anew, _) = best(|| {
        let one = |series: &Series| {
            Recurrence::parse_known(&series.lines, &series.start).map_or(0, |read| expand(series, &read))
        };
        every.iter().map(one).sum()
    });
    println!("{known} {anew} {count}");
}
