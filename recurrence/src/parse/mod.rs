//! The text of a rule.

mod limits;
mod list;
mod until;

use crate::parse::limits::{Parts, check};
use crate::parse::list::{bits, both_ways, month_days, numbers, single, weekday, weekdays};
pub use crate::parse::list::{number, weekday_name};
use crate::rule::{Frequency, MAX_COUNT, MAX_INTERVAL, Rule};
use crate::start::Start;

/// The longest text of a rule, in bytes: what a column of Oracle holds.
const MAX_RULE: usize = 4000;

/// The names of the parts, in the order of their bits.
pub const PARTS: [&str; 14] = [
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

/// Reads a rule and refuses what the RFC does.
pub fn rule(text: &str, start: &Start) -> Result<Rule, String> {
    if text.len() > MAX_RULE {
        return Err(format!("The rule must be no longer than {MAX_RULE} bytes"));
    }
    let mut rule = Rule {
        frequency: Frequency::Yearly,
        interval: 1,
        count: None,
        until: None,
        by_second: 0,
        by_minute: 0,
        by_hour: 0,
        by_day: 0,
        by_nth_day: Box::default(),
        by_month_day: 0,
        by_month_day_back: 0,
        by_year_day: Box::default(),
        by_week: 0,
        by_week_back: 0,
        by_month: 0,
        by_position: Box::default(),
        week_start: 0,
    };
    let mut parts = Parts::default();
    // Some write a semicolon behind the last part, too.
    for part in text.strip_suffix(';').unwrap_or(text).split(';') {
        let (name, value) =
            part.split_once('=').ok_or_else(|| format!("{} is no part of a rule", shown(part)))?;
        let index = PARTS
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("{} is no part of a rule", shown(name)))?;
        if parts.add(index) {
            return Err(format!("{} must not be there twice", PARTS[index]));
        }
        read(&mut rule, PARTS[index], value, start)?;
    }
    check(&mut rule, parts, start)?;
    Ok(rule)
}

fn read(rule: &mut Rule, name: &str, value: &str, start: &Start) -> Result<(), String> {
    match name {
        "FREQ" => rule.frequency = frequency(value)?,
        "UNTIL" => rule.until = Some(until::read(value, start)?),
        "COUNT" => rule.count = Some(single(name, value, MAX_COUNT)?),
        "INTERVAL" => rule.interval = single(name, value, MAX_INTERVAL)?,
        "BYSECOND" => {
            let seconds = bits(name, value, 0, 60)?;
            // "SHOULD interpret the second 60 as equivalent to the second 59" (3.3.12).
            rule.by_second = seconds & (u64::MAX >> 4) | seconds >> 60 << 59;
        }
        "BYMINUTE" => rule.by_minute = bits(name, value, 0, 59)?,
        "BYHOUR" => rule.by_hour = bits(name, value, 0, 23)? as u32,
        "BYDAY" => (rule.by_day, rule.by_nth_day) = weekdays(value)?,
        "BYMONTHDAY" => (rule.by_month_day, rule.by_month_day_back) = month_days(name, value)?,
        "BYYEARDAY" => rule.by_year_day = numbers(name, value, 366)?,
        "BYWEEKNO" => (rule.by_week, rule.by_week_back) = both_ways(name, value, 53)?,
        "BYMONTH" => rule.by_month = (bits(name, value, 1, 12)? >> 1) as u16,
        "BYSETPOS" => rule.by_position = numbers(name, value, 366)?,
        _ => {
            rule.week_start =
                weekday(value).ok_or_else(|| "WKST must be one of MO, TU, WE, TH, FR, SA, SU".to_string())?;
        }
    }
    Ok(())
}

fn frequency(value: &str) -> Result<Frequency, String> {
    let known = [
        ("WEEKLY", Frequency::Weekly),
        ("DAILY", Frequency::Daily),
        ("MONTHLY", Frequency::Monthly),
        ("YEARLY", Frequency::Yearly),
        ("HOURLY", Frequency::Hourly),
        ("MINUTELY", Frequency::Minutely),
    ];
    if value.eq_ignore_ascii_case("SECONDLY") {
        return Err("FREQ must not be SECONDLY".into());
    }
    known
        .into_iter()
        .find_map(|(name, frequency)| name.eq_ignore_ascii_case(value).then_some(frequency))
        .ok_or_else(|| "FREQ must be one of MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY".into())
}

/// What somebody wrote, short enough for an answer.
pub fn shown(text: &str) -> String {
    const MOST: usize = 30;
    if text.is_empty() {
        return "An empty text".into();
    }
    let mut letters = text.chars().filter(|letter| !letter.is_control());
    let mut shown: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
