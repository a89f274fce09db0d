use jiff::Timestamp;
use recurrence::{Frequency, Last, Rule, Start, instant as instant_of};

use super::{Exception, RecurrenceId, Series, Span};
use crate::calendar::values::Values;
use crate::http::Change;
use crate::time::{ZoneName, instant, timestamp};

/// What moves along with the first occurrence of a series.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Along {
    /// The time of day: the rule names the days that it named, and exceptions are those of the same days.
    #[default]
    TimeOfDay,
    /// The days as well, by as many: those of the rule, of UNTIL, RDATE, EXDATE and recurrence ids.
    Days,
}

/// What a person is told whose series cannot move.
const NAMES_OTHERS: &str = "How it repeats names other days, which cannot move along: say how it is to repeat, too, or change this one alone";

impl Series {
    /// The series of an event that has these times in this zone by now. Where the day of its first occurrence stays, and the
    /// time of day or the zone alone changes, all that names single occurrences moves along: RDATE, EXDATE, recurrence ids, and
    /// the UNTIL of the rule. An UNTIL before the first occurrence ends the series with that.
    ///
    /// # Errors
    /// For a person: where no series can begin, or the rule's days cannot move along.
    pub fn moved_to(&self, values: &Values, zone: ZoneName, along: Along) -> Result<Self, String> {
        let endless = match (self.rule.clone().map(Rule::without_end), along) {
            (Some(rule), Along::Days) => {
                let begun = Self::new(values, zone.clone())?;
                Some(rule.shifted(&self.start, &begun.start).ok_or(NAMES_OTHERS)?)
            }
            (rule, _) => rule,
        };
        let mut moved = Self::with_rule(values, zone, endless.map(|rule| rule.to_string()).as_deref())?;
        let is_date = self.start.is_date() == moved.start.is_date();
        if self.start.instant() == moved.start.instant() && self.zone == moved.zone && is_date {
            let rule = self.rule.as_ref().map(|rule| self.in_step(rule, &moved.start));
            let exceptions = self.exceptions.clone();
            return Ok(Self { rule, last_start: self.last_start, exceptions, ..moved });
        }
        let go_along = along == Along::Days || self.start.local().date() == moved.start.local().date();
        let renamed = |id, exception: &Exception| match go_along {
            true => self.along(id, exception.is_added, &moved),
            false => id,
        };
        let exceptions = self.exceptions.iter().map(|(id, exception)| {
            let to = renamed(*id, exception);
            (to, self.as_long(*id, to, exception, &moved))
        });
        let exceptions = exceptions.collect();
        let until = self.rule.as_ref().and_then(|rule| {
            let until = rule.until()?;
            Some(match rule.last(&self.start) {
                Last::At(last) => {
                    timestamp(renamed(id_of(last), &Exception::default()).start()).max(match go_along {
                        true => Timestamp::MIN,
                        false => until,
                    })
                }
                _ => until,
            })
        });
        moved.rule = moved.rule.map(|endless| self.ended(endless, until, &moved.start));
        moved.exceptions = exceptions;
        Ok(moved)
    }

    /// The rule for a series that was split where clocks are put forward: its first occurrence is at another time of day than all
    /// others, which the rule says by itself then.
    fn in_step(&self, rule: &Rule, start: &Start) -> Rule {
        let time = self.start.local().time();
        if start.local().time() == time || rule.frequency() < Frequency::Daily {
            return rule.clone();
        }
        let text = rule.to_string();
        let parts = [("BYHOUR", time.hour()), ("BYMINUTE", time.minute()), ("BYSECOND", time.second())];
        let missing = parts.iter().filter(|(name, _)| !text.contains(name));
        let said = missing.fold(text.clone(), |text, (name, number)| format!("{text};{name}={number}"));
        Rule::parse_known(&said, start).unwrap_or_else(|_| rule.clone())
    }

    /// A rule without an end with the one that this series has.
    fn ended(&self, endless: Rule, until: Option<Timestamp>, start: &Start) -> Rule {
        match (self.rule.as_ref().and_then(Rule::count), until) {
            (Some(count), _) => endless.with_count(count),
            (None, Some(until)) => endless.with_until(start, until.max(start.instant())),
            (None, None) => endless,
        }
    }

    /// What names an occurrence once the series begins at another time: `moved`, whose rule has no end.
    fn along(&self, id: RecurrenceId, is_added: bool, moved: &Self) -> RecurrenceId {
        let local = self.start.zone().to_datetime(timestamp(id.start()));
        let (from, to) = (self.start.local(), moved.start.local());
        // None, unless the days move along.
        let later = from.date().until(to.date()).unwrap_or_default();
        let is_at_its_time = instant_of(local.date().to_datetime(from.time()), self.start.zone())
            .is_ok_and(|at| id_of(at) == id);
        let shifted = match is_at_its_time {
            true => local.date().checked_add(later).ok().map(|date| date.to_datetime(to.time())),
            // One of several in a day.
            false => local.checked_add(from.duration_until(to)).ok(),
        };
        let shifted = shifted.and_then(|local| instant_of(local, moved.start.zone()).ok()).map(id_of);
        match shifted {
            // The rule names hours or minutes of its own, which stay.
            Some(shifted) if !is_added && !moved.is_given(shifted) && moved.is_given(id) => id,
            shifted => shifted.unwrap_or(id),
        }
    }

    /// An exception that has moved along. Where it has an end for itself it stays as long as it was.
    fn as_long(&self, id: RecurrenceId, to: RecurrenceId, exception: &Exception, moved: &Self) -> Exception {
        let mut exception = exception.clone();
        let changes = &mut exception.changes;
        if let (Change::Keep, Change::Set(end_at)) = (&changes.start_at, &mut changes.end_at) {
            let span = Span::between(timestamp(id.start()), timestamp(*end_at), &self.start);
            *end_at = instant(span.end(timestamp(to.start()), &moved.start));
        }
        exception
    }
}

fn id_of(at: Timestamp) -> RecurrenceId {
    RecurrenceId::of(instant(at))
}
