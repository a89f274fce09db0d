use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};

use super::{Exception, RecurrenceId, Series};
use crate::calendar::values::Values;
use crate::time::{instant, timestamp};

/// One occurrence of a series.
#[derive(Debug, Clone, Copy)]
pub struct Occurrence<'s> {
    /// Which one it is.
    pub id: RecurrenceId,
    /// When it begins.
    pub start_at: DateTime<Utc>,
    /// When it ends.
    pub end_at: DateTime<Utc>,
    /// What it has for itself.
    pub exception: Option<&'s Exception>,
}

impl Occurrence<'_> {
    /// What it says of itself, where the series says this.
    pub fn values(&self, series: &Values) -> Values {
        let (start_at, end_at) = (self.start_at, self.end_at);
        match self.exception {
            Some(exception) => Values { start_at, end_at, ..exception.changes.applied_to(series) },
            None => Values { start_at, end_at, ..series.clone() },
        }
    }
}

impl Series {
    /// The occurrence of this name, if it takes place.
    pub fn find(&self, id: RecurrenceId) -> Option<Occurrence<'_>> {
        match self.exceptions.get(&id) {
            Some(exception) if exception.is_excluded => None,
            Some(exception) if exception.is_added || self.is_given(id) => {
                Some(self.exceptional(id, exception))
            }
            Some(_) => None,
            None if self.is_given(id) => Some(self.plain(timestamp(id.start()))),
            None => None,
        }
    }

    /// The occurrence of this name as the series has it, whatever was changed of it.
    pub fn given(&self, id: RecurrenceId) -> Occurrence<'_> {
        self.plain(timestamp(id.start()))
    }

    /// When the first so many begin and end that take place from a time on, in their order.
    pub fn upcoming(&self, from: DateTime<Utc>, most: usize) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let plain = self.plain_starts(timestamp(from), Timestamp::MAX).take(most);
        let exceptional = self.exceptions.keys().filter_map(|id| self.find(*id));
        let exceptional = exceptional.filter(|one| one.start_at >= from);
        let mut all: Vec<_> = plain.chain(exceptional).map(|one| (one.start_at, one.end_at)).collect();
        all.sort_unstable();
        all.truncate(most);
        all
    }

    /// Whether any occurrence takes place.
    pub fn takes_place(&self) -> bool {
        self.exceptions.values().any(|exception| exception.is_added && !exception.is_excluded)
            || self.exceptions.iter().any(|(id, exception)| !exception.is_excluded && self.is_given(*id))
            || self.plain_starts(Timestamp::MIN, Timestamp::MAX).next().is_some()
    }

    /// Whether the rule gives this start, or it is the first.
    pub(super) fn is_given(&self, id: RecurrenceId) -> bool {
        let at = timestamp(id.start());
        match &self.rule {
            None => at == self.start.instant(),
            Some(rule) => {
                let last = self.last_start.map(timestamp);
                // Not a search to the year 9999 for a rule that is rare.
                let after = at.checked_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX);
                rule.starts_from(&self.start, at, last).before(after).next() == Some(at)
            }
        }
    }

    /// As the rule has them, those that begin within [from, to): none that is exceptional.
    fn plain_starts(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Occurrence<'_>> {
        let last = self.last_start.map(timestamp);
        let by_rule = self.rule.as_ref().map(|rule| rule.starts_from(&self.start, from, last).before(to));
        let alone = self.rule.is_none().then(|| self.start.instant()).filter(|start| *start >= from);
        let starts = by_rule.into_iter().flatten().chain(alone).take_while(move |start| *start < to);
        starts
            .filter(|start| !self.exceptions.contains_key(&RecurrenceId(start.as_microsecond())))
            .map(|start| self.plain(start))
    }

    fn plain(&self, start: Timestamp) -> Occurrence<'_> {
        let end_at = instant(self.span.end(start, &self.start));
        let start_at = instant(start);
        Occurrence { id: RecurrenceId::of(start_at), start_at, end_at, exception: None }
    }

    pub(super) fn exceptional<'s>(&'s self, id: RecurrenceId, exception: &'s Exception) -> Occurrence<'s> {
        let plain = self.plain(timestamp(id.start()));
        let start_at = exception.changes.start_at.value().copied();
        let moved = start_at.map(|start_at| instant(self.span.end(timestamp(start_at), &self.start)));
        let end_at = exception.changes.end_at.value().copied().or(moved).unwrap_or(plain.end_at);
        let start_at = start_at.unwrap_or(plain.start_at);
        Occurrence { start_at, end_at: end_at.max(start_at), exception: Some(exception), ..plain }
    }
}

#[cfg(test)]
impl Series {
    /// Those that take place and begin or end within [from, to), in no order: for tests, which look at all of them.
    pub fn occurrences_within(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> impl Iterator<Item = Occurrence<'_>> {
        let exceptions = self
            .exceptions
            .iter()
            .filter(|(id, exception)| !exception.is_excluded && (exception.is_added || self.is_given(**id)));
        let exceptions = exceptions.map(|(id, exception)| self.exceptional(*id, exception));
        let all = self.plain_starts(Timestamp::MIN, timestamp(to)).chain(exceptions);
        all.filter(move |one| one.start_at < to && (one.end_at > from || one.start_at >= from))
    }
}
