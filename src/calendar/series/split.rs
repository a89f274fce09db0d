use jiff::SignedDuration;

use super::{RecurrenceId, Series};
use crate::calendar::values::Values;
use crate::time::{instant, timestamp};

/// A series in two: what is before an occurrence, and what is from it on.
pub struct Halves {
    /// Up to the occurrence before.
    pub before: Series,
    /// From the occurrence on.
    pub following: Series,
}

impl Series {
    /// Splits it before an occurrence, which is not its first. COUNT is divided, and each exception goes where its
    /// occurrence does. `values` are the series'; `None` where the rest cannot be a series.
    pub fn split(&self, at: RecurrenceId, values: &Values) -> Option<Halves> {
        let begins = timestamp(at.start());
        let end_at = instant(self.span.end(begins, &self.start));
        let first = Values { start_at: at.start(), end_at, ..values.clone() };
        let (mut before, mut following) = (self.clone(), Self::new(&first, self.zone.clone()).ok()?);
        following.exceptions = before.exceptions.split_off(&at);
        (before.last_start, following.last_start) = (None, None);
        if let Some(rule) = &self.rule {
            let position = rule.position(&self.start, begins);
            following.rule = Some(match rule.count() {
                // An occurrence that was added, and is first now, counts in the place of the next.
                Some(count) => {
                    let left = count.saturating_sub(position.before);
                    rule.clone().with_count(left.saturating_add(u32::from(!position.is_start)).max(1))
                }
                None => rule.clone(),
            });
            before.rule = Some(match rule.count() {
                Some(_) => rule.clone().with_count(position.before),
                None => rule.clone().with_until(&self.start, begins - SignedDuration::from_secs(1)),
            });
        }
        // The first is named by no RDATE.
        if let Some(first) = following.exceptions.get_mut(&at) {
            first.is_added = false;
        }
        following.exceptions.retain(|_, exception| !exception.is_none());
        Some(Halves { before, following })
    }
}
