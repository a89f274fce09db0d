use jiff::tz::TimeZone;

use crate::parse::shown;
use crate::start::Start;

/// Which property a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Rule,
    Added,
    Excluded,
}

/// A line `NAME;PARAMETER=VALUE:value`, whose value is not read yet.
#[derive(Clone, Debug)]
pub struct Property<'l> {
    pub kind: Kind,
    /// TZID, or else the zone of the start.
    pub zone: TimeZone,
    /// Whether VALUE=PERIOD.
    pub is_period: bool,
    pub value: &'l str,
}

impl<'l> Property<'l> {
    /// Reads the name and the parameters. Of those TZID and VALUE are known; others "MUST be ignored" (section 3.2).
    pub fn parse(line: &'l str, start: &Start) -> Result<Self, String> {
        let end =
            end_of(line, &[';', ':']).ok_or_else(|| format!("{} is no line of a recurrence", shown(line)))?;
        let kind = kind(&line[..end])?;
        let mut property = Self { kind, zone: start.zone().clone(), is_period: false, value: "" };
        let mut rest = &line[end..];
        while let Some(parameter) = rest.strip_prefix(';') {
            let end = end_of(parameter, &[';', ':']).ok_or("A line needs a colon before its value")?;
            property.parameter(&parameter[..end])?;
            rest = &parameter[end..];
        }
        property.value = &rest[1..];
        Ok(property)
    }

    fn parameter(&mut self, text: &str) -> Result<(), String> {
        let (name, value) = text.split_once('=').ok_or_else(|| format!("{} is no parameter", shown(text)))?;
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        if name.eq_ignore_ascii_case("TZID") && self.kind != Kind::Rule {
            // Some write a slash before a name of the tz database, as of any that is known everywhere.
            let known = TimeZone::get(value.strip_prefix('/').unwrap_or(value));
            self.zone = known.map_err(|_| format!("{} is no known time zone", shown(value)))?;
        } else if name.eq_ignore_ascii_case("VALUE") {
            let known: &[&str] = match self.kind {
                Kind::Rule => &["RECUR"],
                Kind::Added => &["DATE-TIME", "DATE", "PERIOD"],
                Kind::Excluded => &["DATE-TIME", "DATE"],
            };
            if !known.iter().any(|known| known.eq_ignore_ascii_case(value)) {
                return Err(format!("VALUE must be one of {}", known.join(", ")));
            }
            self.is_period = value.eq_ignore_ascii_case("PERIOD");
        }
        Ok(())
    }
}

fn kind(name: &str) -> Result<Kind, String> {
    for (known, kind) in [("RRULE", Kind::Rule), ("EXDATE", Kind::Excluded), ("RDATE", Kind::Added)] {
        if name.eq_ignore_ascii_case(known) {
            return Ok(kind);
        }
    }
    if name.eq_ignore_ascii_case("EXRULE") {
        return Err("EXRULE is no longer part of iCalendar: name the times in EXDATE".into());
    }
    Err(format!("{} is none of RRULE, RDATE, EXDATE", shown(name)))
}

/// Where the first of these letters is that does not stand in quotes.
fn end_of(text: &str, letters: &[char]) -> Option<usize> {
    let mut is_quoted = false;
    text.char_indices().find_map(|(index, letter)| {
        is_quoted ^= letter == '"';
        (!is_quoted && letters.contains(&letter)).then_some(index)
    })
}
