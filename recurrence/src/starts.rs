use std::collections::VecDeque;

use jiff::Timestamp;

use crate::calendar::{DAY, LAST_DAY};
use crate::clock::Clock;
use crate::rule::Rule;
use crate::start::{Start, floor};
use crate::walk::Walk;

/// No zone is further from UTC, in seconds: jiff's offsets are below 26 hours.
const WIDEST: i64 = 26 * 3600;

/// The starts of a rule in ascending order, none twice.
#[derive(Clone, Debug)]
pub struct Starts<'r> {
    start: &'r Start,
    walk: Walk<'r>,
    clock: Clock<'r>,
    /// The start itself, until it is given.
    first: Option<i64>,
    /// The instant that the walk has reached, where an earlier one is held.
    ahead: Option<i64>,
    /// Instants of times in a gap, ascending. They may come after those of times behind the gap, which are read with
    /// the new offset.
    held: VecDeque<i64>,
    /// Given last; nothing that follows is before it.
    last: i64,
    /// Asked for first and last, inclusive.
    from: i64,
    until: i64,
    /// How many COUNT leaves.
    left: u32,
}

impl Rule {
    /// The starts of a series from its beginning, which is the first and counts for COUNT, in step with the rule or not:
    /// "The DTSTART property value SHOULD be synchronized with the recurrence rule, if specified. … The recurrence set
    /// generated with a DTSTART property value not synchronized with the recurrence rule is undefined", and it "counts
    /// as the first occurrence" (RFC 5545, sections 3.8.5.3 and 3.3.10).
    ///
    /// To the next start a walk looks at each year, month, week or day of the rule that could have it, once, and at the
    /// minutes of such a day only where the rule names it: at most the four million days to the end of 9999, at a few
    /// nanoseconds each. [`Starts::before`] ends it where no more is wanted.
    #[must_use]
    pub fn starts<'r>(&'r self, start: &'r Start) -> Starts<'r> {
        Starts::new(self, start, i64::MIN, i64::MAX, true)
    }

    /// The starts that are not before `from`. A rule without COUNT is entered there at once, however long ago it began.
    /// So is one with COUNT where `last` is known, its last start as [`Rule::last`] gives it; without it the walk counts
    /// from the beginning.
    #[must_use]
    pub fn starts_from<'r>(
        &'r self,
        start: &'r Start,
        from: Timestamp,
        last: Option<Timestamp>,
    ) -> Starts<'r> {
        let from = floor(from) + i64::from(fraction(from) > start.fraction);
        Starts::new(self, start, from, last.map_or(i64::MAX, floor), self.count.is_none() || last.is_some())
    }

    /// Whether the rule has no occurrence of its own from the start to the end of 9999, whatever its COUNT and UNTIL:
    /// its days or times do not exist, or BYSETPOS finds none. Such a series would be its start alone.
    #[must_use]
    pub fn never_matches(&self, start: &Start) -> bool {
        Walk::new(self, start, start.local_second, LAST_DAY).next().is_none()
    }
}

impl<'r> Starts<'r> {
    fn new(rule: &'r Rule, start: &'r Start, from: i64, last: i64, can_jump: bool) -> Self {
        let until = rule.until.map_or(i64::MAX, |until| until.second).min(last);
        // A local time differs from its instant by the offset.
        let entered = if can_jump { from.saturating_sub(WIDEST) } else { i64::MIN };
        let can_count = rule.count.filter(|_| !can_jump || from == i64::MIN);
        Self {
            start,
            walk: Walk::new(rule, start, entered.max(start.local_second), end_day(until)),
            clock: Clock::new(start.zone()),
            first: Some(start.second),
            ahead: None,
            held: VecDeque::new(),
            last: start.second,
            from,
            until,
            left: can_count.unwrap_or(u32::MAX),
        }
    }

    /// Ends before this instant. Where nothing follows for long, the search ends there, too.
    #[must_use]
    pub fn before(mut self, to: Timestamp) -> Self {
        let last = floor(to) - i64::from(fraction(to) <= self.start.fraction);
        self.until = self.until.min(last);
        self.walk.end_by(end_day(self.until));
        self
    }

    /// The next instant, in whole seconds, whether it is asked for or not.
    #[inline]
    fn next_second(&mut self) -> Option<i64> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            while self.ahead.is_none() {
                let Some((instant, is_in_gap)) = self.walk.next().and_then(|local| self.clock.read(local))
                else {
                    break;
                };
                if is_in_gap {
                    self.hold(instant);
                } else {
                    self.ahead = Some(instant);
                }
            }
            let instant = match (self.held.front(), self.ahead) {
                (Some(&held), ahead) if ahead.is_none_or(|ahead| held <= ahead) => self.held.pop_front()?,
                _ => self.ahead.take()?,
            };
            // Two local times of one instant are one occurrence.
            if instant > self.last {
                self.last = instant;
                return Some(instant);
            }
        }
    }

    #[cold]
    fn hold(&mut self, instant: i64) {
        let place = self.held.partition_point(|&other| other < instant);
        self.held.insert(place, instant);
    }
}

impl Iterator for Starts<'_> {
    type Item = Timestamp;

    #[inline]
    fn next(&mut self) -> Option<Timestamp> {
        loop {
            if self.left == 0 {
                return None;
            }
            let second = self.next_second()?;
            if second > self.until {
                self.left = 0;
                return None;
            }
            if self.left != u32::MAX {
                self.left -= 1;
            }
            if second >= self.from {
                return self.start.timestamp(second);
            }
        }
    }
}

impl std::iter::FusedIterator for Starts<'_> {}

/// The last local day that an instant of this second may have.
fn end_day(second: i64) -> i32 {
    i32::try_from(second.saturating_add(WIDEST).div_euclid(DAY)).unwrap_or(LAST_DAY)
}

/// Nanoseconds since the second that [`floor`] gives.
fn fraction(instant: Timestamp) -> i32 {
    instant.subsec_nanosecond().rem_euclid(1_000_000_000)
}
