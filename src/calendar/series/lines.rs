use recurrence::{Added, Recurrence, Rule};

use super::{Exception, MAX_EXCEPTIONS, RecurrenceId, Series};
use crate::http::Change;
use crate::time::{instant, timestamp};

/// What a rule can become longer by when its series is split.
const END: usize = ";UNTIL=99991231T235959Z".len();

/// The column's length.
const MOST_BYTES: usize = 4000;

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
                    end: period_end(*id, exception),
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
        if self.rule.as_ref().is_some_and(is_too_long) {
            return Err(format!("The rule must be no longer than {MOST_BYTES} bytes"));
        }
        // Counted once, and not for each exception.
        self.last_start = self.bounds().last_start;
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
                let now = self.exceptions.entry(id).or_default();
                let said = std::mem::replace(&mut now.changes, changes).end_at;
                // Of one that was added, and was not moved, the lines say when it ends.
                if now.is_added && !now.changes.start_at.is_given() {
                    now.changes.end_at = said;
                }
            }
        }
        if self.exceptions.len() > MAX_EXCEPTIONS {
            return Err(format!("There must be no more than {MAX_EXCEPTIONS} exceptions"));
        }
        Ok(self.rule.is_some() || !self.exceptions.is_empty())
    }
}

/// The end of an RDATE that is a PERIOD: one that was moved has times of its own, and is none.
fn period_end(id: RecurrenceId, exception: &Exception) -> Option<jiff::Timestamp> {
    let end = exception.changes.end_at.value().filter(|_| !exception.changes.start_at.is_given())?;
    Some(timestamp(*end)).filter(|end| end.as_second() > timestamp(id.start()).as_second())
}

/// Whether a rule would not fit into its column, or would not once its series is split.
fn is_too_long(rule: &Rule) -> bool {
    rule.clone().without_end().to_string().len() + END > MOST_BYTES
}
