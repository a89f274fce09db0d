use jiff::Timestamp;

use crate::rule::{Frequency, MAX_COUNT, Rule};
use crate::start::Start;

/// When the last start of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// The rule goes on for ever.
    Open,
    /// At this instant.
    At(Timestamp),
    /// There is none: the rule was made to end before its start.
    Nothing,
}

/// Where an instant is in a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// How many starts are before it; no more than [`MAX_COUNT`] are counted.
    pub before: u32,
    /// Whether it is a start itself.
    pub is_start: bool,
}

impl Rule {
    /// The last start of the series, as COUNT or UNTIL ends it. A rule with COUNT is counted through.
    #[must_use]
    pub fn last(&self, start: &Start) -> Last {
        if self.is_endless() {
            return Last::Open;
        }
        let last = match self.until {
            Some(until) => self.last_until(start, until.second),
            None => self.starts(start).last(),
        };
        last.map_or(Last::Nothing, Last::At)
    }

    /// Looks back from UNTIL, further each time that there is nothing.
    fn last_until(&self, start: &Start, until: i64) -> Option<Timestamp> {
        let mut back = i64::from(self.interval)
            * match self.frequency {
                Frequency::Minutely => 60,
                Frequency::Hourly => 3600,
                _ => 86_400,
            };
        loop {
            let from = until.saturating_sub(back).max(start.second);
            let last = self.starts_from(start, Timestamp::from_second(from).ok()?, None).last();
            if last.is_some() || from == start.second {
                return last;
            }
            back = back.saturating_mul(8);
        }
    }

    /// Where an instant is among the starts of the series, to divide its COUNT where it is split. The starts are counted
    /// from the first.
    #[must_use]
    pub fn position(&self, start: &Start, at: Timestamp) -> Position {
        let before = self.starts(start).before(at).take(MAX_COUNT as usize).count();
        let is_start = match self.count {
            None => self.starts_from(start, at, None).next() == Some(at),
            Some(_) => self.starts(start).nth(before) == Some(at),
        };
        Position { before: before as u32, is_start }
    }
}
