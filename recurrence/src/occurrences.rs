use std::iter::Peekable;

use jiff::Timestamp;

use crate::recurrence::{Added, Recurrence};
use crate::start::Start;
use crate::starts::Starts;

/// One occurrence of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// When it begins; its recurrence id (RFC 5545, section 3.8.4.4).
    pub start: Timestamp,
    /// When it ends, where RDATE says so; else it is as long as the event.
    pub end: Option<Timestamp>,
}

/// The recurrence set (RFC 5545, section 3.8.5): the start, what RRULE gives and RDATE adds, without what EXDATE takes
/// away; in ascending order, none twice.
#[derive(Clone, Debug)]
pub struct Occurrences<'r> {
    /// Without a rule there is the start alone.
    starts: Option<Peekable<Starts<'r>>>,
    first: Option<Timestamp>,
    added: Peekable<std::slice::Iter<'r, Added>>,
    excluded: &'r [Timestamp],
    to: Timestamp,
}

impl Recurrence {
    /// All occurrences, from the first on.
    #[must_use]
    pub fn occurrences<'r>(&'r self, start: &'r Start) -> Occurrences<'r> {
        self.walk(start, self.rule.as_ref().map(|rule| rule.starts(start)), Timestamp::MIN, Timestamp::MAX)
    }

    /// The occurrences that begin within [from, to). `last` is the rule's last start, where it is known: see
    /// [`crate::Rule::starts_from`].
    #[must_use]
    pub fn occurrences_between<'r>(
        &'r self,
        start: &'r Start,
        from: Timestamp,
        to: Timestamp,
        last: Option<Timestamp>,
    ) -> Occurrences<'r> {
        let starts = self.rule.as_ref().map(|rule| rule.starts_from(start, from, last).before(to));
        self.walk(start, starts, from, to)
    }

    fn walk<'r>(
        &'r self,
        start: &'r Start,
        starts: Option<Starts<'r>>,
        from: Timestamp,
        to: Timestamp,
    ) -> Occurrences<'r> {
        let first = Some(start.instant()).filter(|first| starts.is_none() && *first >= from);
        let added = self.added.partition_point(|added| added.start < from);
        let excluded = self.excluded.partition_point(|excluded| *excluded < from);
        Occurrences {
            starts: starts.map(Iterator::peekable),
            first,
            added: self.added[added..].iter().peekable(),
            excluded: &self.excluded[excluded..],
            to,
        }
    }
}

impl Occurrences<'_> {
    fn next_of_all(&mut self) -> Option<Occurrence> {
        let start = match (&self.first, &mut self.starts) {
            (Some(first), _) => Some(*first),
            (None, Some(starts)) => starts.peek().copied(),
            (None, None) => None,
        };
        let added = self.added.peek().copied();
        if let Some(added) = added.filter(|added| start.is_none_or(|start| added.start <= start)) {
            self.added.next();
            if Some(added.start) == start {
                self.skip();
            }
            return Some(Occurrence { start: added.start, end: added.end });
        }
        self.skip();
        start.map(|start| Occurrence { start, end: None })
    }

    fn skip(&mut self) {
        if self.first.take().is_none()
            && let Some(starts) = &mut self.starts
        {
            starts.next();
        }
    }

    fn is_excluded(&mut self, start: Timestamp) -> bool {
        while let [first, rest @ ..] = self.excluded {
            if *first >= start {
                return *first == start;
            }
            self.excluded = rest;
        }
        false
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        loop {
            // Timestamp::MAX itself is no end.
            let next = self.next_of_all().filter(|next| next.start < self.to || self.to == Timestamp::MAX)?;
            if !self.is_excluded(next.start) {
                return Some(next);
            }
        }
    }
}
