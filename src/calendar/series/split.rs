use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use recurrence::Rule;

use super::{RecurrenceId, Series, start_at};
use crate::time::timestamp;

/// A series in two: what is before an occurrence, and what is from it on.
pub struct Halves {
    /// Up to the occurrence before. `None`: no occurrence takes place before it.
    pub before: Option<Series>,
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
        if let (Some(rule), Some(_)) = (&self.rule, next) {
            following.rule = Some(match rule.count() {
                Some(count) => rule.clone().with_count(count.saturating_sub(counted(rule))),
                None => rule.clone(),
            });
        }
        let before = if self.start.instant() < begins {
            let rule = self.rule.as_ref().map(|rule| match rule.count() {
                Some(_) => rule.clone().with_count(counted(rule)),
                None => rule.clone().with_until(&self.start, begins - SignedDuration::from_secs(1)),
            });
            Some(Self { rule, exceptions: earlier, last_start: None, ..self.clone() })
        } else {
            // What was added before the first one.
            let first = earlier.iter().find(|(_, exception)| exception.is_added && !exception.is_excluded);
            first.map(|(id, _)| *id).map(|id| self.begun(timestamp(id.start()), earlier)).transpose()?
        };
        Ok(Halves { before: before.filter(Self::takes_place), following })
    }

    /// A series like this one, without a rule, that begins then.
    fn begun(
        &self,
        at: Timestamp,
        mut exceptions: BTreeMap<RecurrenceId, super::Exception>,
    ) -> Result<Self, String> {
        let start = start_at(at, self.start.local().time(), &self.zone, self.start.is_date())?;
        // The first is named by no RDATE.
        if let Some(first) = exceptions.get_mut(&RecurrenceId::of(crate::time::instant(at))) {
            first.is_added = false;
        }
        exceptions.retain(|_, exception| !exception.is_none());
        let zone = self.zone.clone();
        Ok(Self { zone, start, span: self.span, rule: None, last_start: None, exceptions })
    }
}
