use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};

use super::Job;
use super::queries::JobState;
use crate::text::table;

/// What stands where there is nothing to say.
const NOTHING: &str = "-";

const HEADINGS: [&str; 7] = ["NAME", "EVERY", "LAST RUN", "NEXT RUN", "HELD BY", "FAILURES", "RESULT"];

/// A table of the jobs.
pub fn report(jobs: &[Job], states: &[JobState]) -> String {
    let line_of = |job: &Job| line(job, states.iter().find(|state| state.name == job.name));
    table(HEADINGS, &jobs.iter().map(line_of).collect::<Vec<_>>())
}

fn line(job: &Job, state: Option<&JobState>) -> [String; HEADINGS.len()] {
    let nothing = || NOTHING.to_owned();
    let (name, every) = (job.name.to_owned(), span(job.every));
    let Some(state) = state else {
        return [name, every, nothing(), nothing(), nothing(), "0".into(), nothing()];
    };
    let due = if state.due_at <= state.now { "due".to_owned() } else { time(state.due_at) };
    let holder = state.holder.clone().filter(|_| state.is_held());
    [
        name,
        every,
        state.started_at.map_or_else(nothing, time),
        due,
        holder.unwrap_or_else(nothing),
        state.failures.to_string(),
        result(state),
    ]
}

fn result(state: &JobState) -> String {
    let Some(started) = state.started_at else { return NOTHING.to_owned() };
    let seconds = |ended: DateTime<Utc>| (ended - started).num_milliseconds() as f64 / 1000.0;
    match (state.ended_at, &state.failure) {
        (None, _) if state.is_held() => "under way".into(),
        (None, _) => "did not end".into(),
        (Some(_), Some(failure)) => format!("failed: {failure}"),
        (Some(ended), None) => {
            format!("ok, {} rows in {:.1} s", state.rows_done.unwrap_or(0), seconds(ended))
        }
    }
}

/// To the second, in UTC.
fn time(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn span(every: Duration) -> String {
    match every.as_secs() {
        seconds if seconds % 86_400 == 0 => format!("{} d", seconds / 86_400),
        seconds if seconds % 3600 == 0 => format!("{} h", seconds / 3600),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::span;
    use std::time::Duration;

    #[test]
    fn an_interval_is_said_in_the_largest_unit_that_divides_it() {
        let said = |seconds| span(Duration::from_secs(seconds));
        assert_eq!([90, 120, 3600, 5400, 86_400].map(said), ["90 s", "2 min", "1 h", "90 min", "1 d"]);
    }
}
