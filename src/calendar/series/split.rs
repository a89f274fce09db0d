use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use recurrence::{Frequency, Rule, Start};

use super::{RecurrenceId, Series, start_at};
use crate::time::timestamp;

/// A series in two: what is before an occurrence, and what is from it on.
pub struct Halves {
    /// Up to the occurrence before. Where no occurrence is before it, none of it takes place.
    pub before: Series,
    /// From the occurrence on.
    pub following: Series,
}

impl Series {
    /// Splits it before an occurrence. COUNT is divided, and each exception goes where its occurrence does. The rest begins with
    /// the occurrence, or, where that was added, with the next one that the rule gives.
    ///
    /// # Errors
    /// For a person: where the rest cannot be a series.
    pub fn split(&self, at: RecurrenceId) -> Result<Halves, String> {
        let begins = timestamp(at.start());
        let mut earlier = self.exceptions.clone();
        let later = earlier.split_off(&at);
        let last = self.last_start.map(timestamp);
        let next = match &self.rule {
            Some(rule) => rule.starts_from(&self.start, begins, last).next(),
            None => Some(self.start.instant()).filter(|start| *start >= begins),
        };
        let counted = |rule: &Rule| rule.position(&self.start, begins).before;
        let mut following = self.begun(next.unwrap_or(begins), later)?;
        if let (Some(rule), Some(next)) = (&self.rule, next) {
            let rule = match rule.count() {
                Some(count) => rule.clone().with_count(count.saturating_sub(counted(rule))),
                None => rule.clone(),
            };
            following.rule = Some(self.in_step(rule, next, &following.start));
        }
        let mut before = if self.start.instant() < begins {
            Self { exceptions: earlier, last_start: None, ..self.clone() }
        } else {
            let first = earlier.iter().find(|(_, exception)| exception.is_added && !exception.is_excluded);
            let first = first.map_or(self.start.instant(), |(id, _)| timestamp(id.start()));
            Self { rule: None, ..self.begun(first, earlier)? }
        };
        before.rule = before.rule.map(|rule| match rule.count() {
            Some(_) => {
                let count = counted(&rule);
                rule.with_count(count)
            }
            None => rule.with_until(&self.start, begins - SignedDuration::from_secs(1)),
        });
        Ok(Halves { before, following })
    }

    /// A series like this one, without a rule, that begins then.
    fn begun(
        &self,
        at: Timestamp,
        mut exceptions: BTreeMap<RecurrenceId, super::Exception>,
    ) -> Result<Self, String> {
        let start = start_at(at, &self.zone, self.start.is_date())?;
        // The first is named by no RDATE.
        if let Some(first) = exceptions.get_mut(&RecurrenceId::of(crate::time::instant(at))) {
            first.is_added = false;
        }
        exceptions.retain(|_, exception| !exception.is_none());
        let zone = self.zone.clone();
        Ok(Self { zone, start, span: self.span, rule: None, last_start: None, exceptions })
    }

    /// The rule for a series that begins with a later start. Where clocks are put forward over that, it is at another time of day
    /// than all others: then the rule says that by itself.
    fn in_step(&self, rule: Rule, at: Timestamp, start: &Start) -> Rule {
        let (time, text) = (self.start.local().time(), rule.to_string());
        if start.local().time() == time || rule.frequency() < Frequency::Daily || start.instant() != at {
            return rule;
        }
        let parts = [("BYHOUR", time.hour()), ("BYMINUTE", time.minute()), ("BYSECOND", time.second())];
        let missing = parts.iter().filter(|(name, _)| !text.contains(name));
        let said = missing.fold(text.clone(), |text, (name, number)| format!("{text};{name}={number}"));
        Rule::parse_known(&said, start).unwrap_or(rule)
    }
}
