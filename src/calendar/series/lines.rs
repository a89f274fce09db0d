use recurrence::{Added, Recurrence};

use super::{Exception, RecurrenceId, Series};
use crate::http::Change;
use crate::time::{instant, timestamp};

impl Series {
    /// Its lines of RFC 5545: RRULE, RDATE and EXDATE.
    pub fn lines(&self) -> Vec<String> {
        let added = self.exceptions.iter().filter(|(_, exception)| exception.is_added);
        let excluded = self.exceptions.iter().filter(|(_, exception)| exception.is_excluded);
        let recurrence = Recurrence {
            rule: self.rule.clone(),
            added: added
                .map(|(id, exception)| Added {
                    start: timestamp(id.start()),
                    end: exception.changes.end_at.value().copied().map(timestamp),
                })
                .collect(),
            excluded: excluded.map(|(id, _)| timestamp(id.start())).collect(),
        };
        recurrence.lines(&self.start)
    }

    /// Takes these lines in the place of those that it has. What single occurrences have for themselves stays, where the
    /// occurrences do. `false`: it does not repeat.
    ///
    /// # Errors
    /// What is wrong with them, for a person: `recurrence[0]: BYMONTHDAY must be -31 to 31`.
    pub fn take_lines(&mut self, lines: &[String]) -> Result<bool, String> {
        let recurrence = Recurrence::parse(lines, &self.start)
            .map_err(|(index, reason)| format!("recurrence[{index}]: {reason}"))?;
        let before = std::mem::take(&mut self.exceptions);
        self.rule = recurrence.rule;
        self.last_start = None;
        for Added { start, end } in recurrence.added {
            let exception = self.exceptions.entry(RecurrenceId::of(instant(start))).or_default();
            exception.is_added = true;
            exception.changes.end_at = end.map_or(Change::Keep, |end| Change::Set(instant(end)));
        }
        for start in recurrence.excluded {
            self.exceptions.entry(RecurrenceId::of(instant(start))).or_default().is_excluded = true;
        }
        for (id, Exception { changes, .. }) in before {
            let stays = self.exceptions.get(&id).map_or_else(|| self.is_given(id), |now| now.is_added);
            if stays && !changes.is_empty() {
                self.exceptions.entry(id).or_default().changes = changes;
            }
        }
        Ok(self.rule.is_some() || !self.exceptions.is_empty())
    }
}
