use chrono::TimeDelta;
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use recurrence::{Start, instant};

/// How long each occurrence of a series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// This exactly, also where clocks change meanwhile: RFC 5545, section 3.8.5.3, of a DTEND.
    Exact(SignedDuration),
    /// It ends so many days after the day on which it begins, at this time of day.
    Days(i32, Time),
}

impl Span {
    /// That of an occurrence with these times, of a series that begins so.
    pub fn between(begins: Timestamp, ends: Timestamp, start: &Start) -> Self {
        if !start.is_date() {
            return Self::Exact(ends.duration_since(begins));
        }
        let [begin, end] = [begins, ends].map(|at| start.zone().to_datetime(at));
        let days = end.date().since(begin.date()).map_or(0, |days| days.get_days());
        Self::Days(days, end.time())
    }

    /// When an occurrence ends that begins then.
    pub fn end(self, begins: Timestamp, start: &Start) -> Timestamp {
        match self {
            Self::Exact(length) => begins.checked_add(length).unwrap_or(Timestamp::MAX),
            Self::Days(days, time) => {
                let date = start.zone().to_datetime(begins).date();
                let end = date.checked_add(jiff::Span::new().days(days)).ok();
                let end = end.and_then(|date| instant(date.to_datetime(time), start.zone()).ok());
                // A day that clocks make shorter ends no earlier than it begins.
                end.unwrap_or(Timestamp::MAX).max(begins)
            }
        }
    }

    /// No occurrence is longer than this.
    pub fn longest(self) -> TimeDelta {
        match self {
            Self::Exact(length) => {
                TimeDelta::microseconds(i64::try_from(length.as_micros()).unwrap_or(i64::MAX))
            }
            // Clocks are put forward and back by less than that.
            Self::Days(days, _) => TimeDelta::days(i64::from(days) + 2),
        }
    }
}
