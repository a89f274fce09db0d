//! Expands series for a program in another language: lines in, lines out.
//!
//! A line in has fields between tabs: the zone; the start's local time (`2025-01-06T09:00:00`); `date` or `time`; the
//! instants between which occurrences begin, the second exclusive, or `-`; and the lines of the recurrence. A line out
//! has the starts between blanks, or `!` and what is wrong.

use std::io::{BufRead, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use recurrence::{Recurrence, Start};

fn expand(line: &str) -> Result<String, String> {
    let fields: Vec<_> = line.split('\t').collect();
    let [zone, local, kind, from, to, lines @ ..] = fields.as_slice() else {
        return Err("A line needs five fields".into());
    };
    let zone = TimeZone::get(zone).map_err(|error| error.to_string())?;
    let local = local.parse().map_err(|error: jiff::Error| error.to_string())?;
    let start = Start::new(local, zone, *kind == "date")?;
    let series = Recurrence::parse(lines, &start).map_err(|(line, reason)| format!("{line}: {reason}"))?;
    let instant = |text: &str, else_: Timestamp| {
        if text == "-" { Ok(else_) } else { text.parse().map_err(|error: jiff::Error| error.to_string()) }
    };
    let (from, to) = (instant(from, Timestamp::MIN)?, instant(to, Timestamp::MAX)?);
    let starts = series.occurrences_between(&start, from, to, None).map(|one| one.start.to_string());
    Ok(starts.collect::<Vec<_>>().join(" "))
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        writeln!(out, "{}", expand(&line?).unwrap_or_else(|reason| format!("! {reason}")))?;
    }
    out.flush()
}
