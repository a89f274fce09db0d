//! Any lines of a series: nothing panics, nothing is endless, what prints is read as the same, and a rule that is entered
//! gives what walking to that place gives.

#![no_main]

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;
use recurrence::{Last, Recurrence, Rule, Start};

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"];

/// How many starts of a rule are looked at.
const MOST: usize = 300;

/// The first five bytes choose where the series begins.
fn start(head: [u8; 5]) -> Option<Start> {
    let zone = TimeZone::get(ZONES[usize::from(head[0]) % ZONES.len()]).ok()?;
    let is_date = head[0] & 0x80 != 0;
    let year = [1, 9999, 2011, 2024, 2025, 1970][usize::from(head[1]) % 6];
    let second = i64::from(u32::from_be_bytes([0, head[2], head[3], head[4]])) * 2;
    let local = date(year, 1, 1).at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(second)).ok()?;
    Start::new(local, zone, is_date).ok()
}

fn walk(rule: &Rule, start: &Start) {
    let to = start.instant().checked_add(SignedDuration::from_hours(24 * 4000)).unwrap_or(Timestamp::MAX);
    let all: Vec<_> = rule.starts(start).before(to).take(MOST).collect();
    assert!(all.is_sorted_by(|one, other| one < other));
    let Some(&from) = all.get(all.len() / 2) else { return };
    let entered: Vec<_> =
        rule.starts_from(start, from, None).before(to).take(all.len() - all.len() / 2).collect();
    assert_eq!(entered, all[all.len() / 2..]);
    // Counting to the last of a million would take the fuzzer's time.
    if rule.count().is_none_or(|count| count < 1000)
        && let Last::At(last) = rule.last(start)
    {
        assert_eq!(rule.starts_from(start, last, Some(last)).collect::<Vec<_>>(), [last]);
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((head, text)) = data.split_first_chunk() else { return };
    let (Some(start), Ok(text)) = (start(*head), std::str::from_utf8(text)) else { return };
    let lines: Vec<_> = text.lines().collect();
    let Ok(series) = Recurrence::parse(&lines, &start) else { return };
    let printed = series.lines(&start);
    assert_eq!(Recurrence::parse(&printed, &start).as_ref(), Ok(&series), "{printed:?}");
    assert_eq!(series, Recurrence::parse_known(&lines, &start).unwrap());
    if let Some(rule) = &series.rule {
        walk(rule, &start);
    }
    assert!(series.occurrences(&start).take(MOST).is_sorted_by(|one, other| one.start < other.start));
});
