use jiff::Timestamp;

use crate::lines::{Date, Kind, Moment, Property, Utc, moment, period};
use crate::parse::shown;
use crate::rule::Rule;
use crate::start::{Start, floor};

/// How many times RDATE and EXDATE may name, together.
pub const MAX_EXCEPTIONS: usize = 1000;

/// The longest line, in bytes.
pub const MAX_LINE: usize = 65_536;

/// A time that RDATE adds (RFC 5545, section 3.8.5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Added {
    /// When it begins.
    pub start: Timestamp,
    /// When it ends, where it came as a PERIOD; else it is as long as the event.
    pub end: Option<Timestamp>,
}

/// When an event recurs beyond its start: the lines RRULE, RDATE and EXDATE of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recurrence {
    /// RRULE.
    pub rule: Option<Rule>,
    /// RDATE: ascending, each start once.
    pub added: Vec<Added>,
    /// EXDATE: ascending, none twice. An instant that is no occurrence takes nothing away.
    pub excluded: Vec<Timestamp>,
}

impl Recurrence {
    /// Reads the lines of an event, such as `RRULE:FREQ=WEEKLY`, `EXDATE:20251215T090000Z` or
    /// `RDATE;TZID=Europe/Berlin;VALUE=PERIOD:20251215T090000/PT1H`, in any order. Names are of either case. A local time
    /// without TZID is in the zone of the start. A date in a series with times is that day at the start's time of day, a
    /// time in a series of days is its local day. Fractions of a second are the start's.
    ///
    /// # Errors
    /// The index of the line and what is wrong there, for a person. Refused are, beside what [`Rule::parse`] refuses, a
    /// second RRULE, for what both would mean is undefined (section 3.8.5.3), EXRULE and other lines, and what is beyond
    /// [`MAX_EXCEPTIONS`] and [`MAX_LINE`].
    pub fn parse(lines: &[impl AsRef<str>], start: &Start) -> Result<Self, (usize, String)> {
        Self::read(lines, start, Rule::parse)
    }

    /// Reads what [`Recurrence::parse`] has read before, as [`Rule::parse_known`] does.
    ///
    /// # Errors
    /// As of [`Recurrence::parse`].
    pub fn parse_known(lines: &[impl AsRef<str>], start: &Start) -> Result<Self, (usize, String)> {
        Self::read(lines, start, Rule::parse_known)
    }

    fn read(
        lines: &[impl AsRef<str>],
        start: &Start,
        rule: impl Fn(&str, &Start) -> Result<Rule, String>,
    ) -> Result<Self, (usize, String)> {
        let mut recurrence = Self::default();
        for (index, line) in lines.iter().enumerate() {
            recurrence.line(line.as_ref(), start, &rule).map_err(|reason| (index, reason))?;
        }
        // Of two that begin together the one with an end comes last, and says more.
        recurrence.added.sort_unstable();
        recurrence.added.reverse();
        recurrence.added.dedup_by_key(|added| added.start);
        recurrence.added.reverse();
        recurrence.excluded.sort_unstable();
        recurrence.excluded.dedup();
        Ok(recurrence)
    }

    fn line(
        &mut self,
        line: &str,
        start: &Start,
        rule: impl Fn(&str, &Start) -> Result<Rule, String>,
    ) -> Result<(), String> {
        if line.len() > MAX_LINE {
            return Err(format!("A line must be no longer than {MAX_LINE} bytes"));
        }
        let property = Property::parse(line, start)?;
        if property.kind == Kind::Rule {
            if self.rule.is_some() {
                return Err("There must be one RRULE only".into());
            }
            self.rule = Some(rule(property.value, start)?);
            return Ok(());
        }
        for text in property.value.split(',') {
            if self.added.len() + self.excluded.len() >= MAX_EXCEPTIONS {
                return Err(format!("There must be no more than {MAX_EXCEPTIONS} RDATE and EXDATE together"));
            }
            if property.is_period {
                self.added.push(period_of(text, &property, start)?);
                continue;
            }
            let instant = instant_of(text, &property, start)?;
            match property.kind {
                Kind::Excluded => self.excluded.push(instant),
                _ => self.added.push(Added { start: instant, end: None }),
            }
        }
        Ok(())
    }

    /// The canonical lines: RRULE, RDATE, RDATE with periods, EXDATE; times in UTC, or dates for a series of days.
    #[must_use]
    pub fn lines(&self, start: &Start) -> Vec<String> {
        let mut lines: Vec<_> = self.rule.iter().map(|rule| format!("RRULE:{rule}")).collect();
        let text = |instant: &Timestamp| {
            if start.is_date() { date(*instant, start) } else { Utc(floor(*instant)).to_string() }
        };
        let value = if start.is_date() { ";VALUE=DATE" } else { "" };
        let mut line = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                lines.push(format!("{name}:{}", values.join(",")));
            }
        };
        let is_period = |added: &&Added| added.end.is_some() && !start.is_date();
        let plain = self.added.iter().filter(|added| !is_period(added));
        line(&format!("RDATE{value}"), plain.map(|added| text(&added.start)).collect());
        let periods = self
            .added
            .iter()
            .filter(is_period)
            .filter_map(|added| Some(format!("{}/{}", text(&added.start), Utc(floor(added.end?)))));
        line("RDATE;VALUE=PERIOD", periods.collect());
        line(&format!("EXDATE{value}"), self.excluded.iter().map(text).collect());
        lines
    }
}

fn date(instant: Timestamp, start: &Start) -> String {
    Moment::Utc(floor(instant)).local_day(start).map_or_else(String::new, |day| Date(day).to_string())
}

fn instant_of(text: &str, property: &Property<'_>, start: &Start) -> Result<Timestamp, String> {
    let wrong = || {
        let example = if start.is_date() { "20251215" } else { "20251215T090000Z" };
        format!("{} must be such as {example}", shown(text))
    };
    let mut moment = moment(text).ok_or_else(wrong)?;
    if start.is_date() {
        moment = Moment::Date(moment.local_day(start).ok_or_else(wrong)?);
    }
    moment.second(&property.zone, start).and_then(|second| start.timestamp(second)).ok_or_else(wrong)
}

fn period_of(text: &str, property: &Property<'_>, start: &Start) -> Result<Added, String> {
    if start.is_date() {
        return Err("PERIOD is not for whole days".into());
    }
    period(text, &property.zone, start)
        .and_then(|period| {
            Some(Added { start: start.timestamp(period.start)?, end: Some(start.timestamp(period.end)?) })
        })
        .ok_or_else(|| {
            format!(
                "{} must be a period such as 20251215T090000Z/PT1H, which ends after it begins",
                shown(text)
            )
        })
}
