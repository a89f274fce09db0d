use jiff::civil::Date;
use recurrence::{Last, Rule, Start, instant as instant_of};

use super::{RecurrenceId, Series};
use crate::time::{instant, timestamp};

impl Series {
    /// The series with another first occurrence. Where its day stays and the time of day or the zone alone changes, all that
    /// names single occurrences moves along: RDATE, EXDATE, recurrence ids, and the UNTIL of the rule.
    pub fn moved_to(&self, mut moved: Self) -> Self {
        let is_same_day = self.start.local().date() == moved.start.local().date();
        let is_same_time = self.start.instant() == moved.start.instant()
            && self.zone == moved.zone
            && self.start.is_date() == moved.start.is_date();
        moved.rule = self.rule.clone();
        moved.last_start = None;
        moved.exceptions = self.exceptions.clone();
        if is_same_time {
            moved.last_start = self.last_start;
        } else if is_same_day {
            moved.rule = moved.rule.map(|rule| self.until_along(rule, &moved.start));
            moved.exceptions = self
                .exceptions
                .iter()
                .map(|(id, exception)| (along(*id, &self.start, &moved.start), exception.clone()))
                .collect();
        }
        moved
    }

    /// Its last occurrence stays its last.
    fn until_along(&self, rule: Rule, start: &Start) -> Rule {
        match rule.last(&self.start) {
            Last::At(last) if rule.until().is_some() => {
                let last = along(RecurrenceId::of(instant(last)), &self.start, start);
                rule.with_until(start, timestamp(last.start()))
            }
            _ => rule,
        }
    }
}

/// What names an occurrence once its series begins at another time of day.
fn along(id: RecurrenceId, from: &Start, to: &Start) -> RecurrenceId {
    let day = local_day(timestamp(id.start()), from);
    let at = instant_of(day.to_datetime(to.local().time()), to.zone());
    at.map_or(id, |at| RecurrenceId::of(instant(at)))
}

fn local_day(at: jiff::Timestamp, start: &Start) -> Date {
    start.zone().to_datetime(at).date()
}
