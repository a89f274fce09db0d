//! Fails on purpose, for rules with INTERVAL=3, of which no seed has one: what `.ci/fuzz` must find before it is believed.

#![no_main]

use std::sync::LazyLock;

use jiff::civil::date;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use recurrence::{Recurrence, Start};

static START: LazyLock<Start> =
    LazyLock::new(|| Start::new(date(2025, 1, 6).at(9, 0, 0, 0), TimeZone::UTC, false).unwrap());

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data.get(5..).unwrap_or_default()) else { return };
    let lines: Vec<_> = text.lines().collect();
    if let Ok(Recurrence { rule: Some(rule), .. }) = Recurrence::parse(&lines, &START) {
        assert!(rule.interval() != 3, "planted");
    }
});
