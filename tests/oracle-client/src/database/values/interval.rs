//! INTERVAL DAY TO SECOND, as a number of nanoseconds: less than a thousand million days either way, as Oracle's
//! INTERVAL DAY(9) TO SECOND(9). Literals reach 292 years.

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::Duration;

use crate::database::messages::ora;
use crate::error::OracleError;

const SECOND: i64 = 1_000_000_000;

/// What an interval is shorter than.
pub fn limit() -> BigDecimal {
    BigDecimal::from(86_400 * SECOND) * BigDecimal::from(1_000_000_000)
}

pub fn nanoseconds(length: Duration) -> BigDecimal {
    BigDecimal::from(length.num_seconds()) * BigDecimal::from(SECOND)
        + BigDecimal::from(length.subsec_nanos())
}

/// The reverse of `nanoseconds`, where the length is one that chrono knows.
pub fn duration(nanoseconds: &BigDecimal) -> Option<Duration> {
    let nanoseconds = nanoseconds.to_i128()?;
    let seconds = nanoseconds.div_euclid(SECOND.into()).to_i64()?;
    Duration::new(seconds, nanoseconds.rem_euclid(SECOND.into()) as u32)
}

/// How long a unit is, for NUMTODSINTERVAL and for literals.
pub fn unit(name: &str) -> Result<i64, OracleError> {
    match name.trim().to_uppercase().as_str() {
        "DAY" => Ok(86_400 * SECOND),
        "HOUR" => Ok(3_600 * SECOND),
        "MINUTE" => Ok(60 * SECOND),
        "SECOND" => Ok(SECOND),
        _ => Err(ora(1867)),
    }
}

/// The first field of a literal has two digits, or as many as are told: `INTERVAL '100' DAY(3)`.
pub fn check_leading(text: &str, digits: i64) -> Result<(), OracleError> {
    let field = text.trim().trim_start_matches(['-', '+']).split([' ', ':', '.']).next().unwrap_or_default();
    if field.trim_start_matches('0').len() as i64 > digits { Err(ora(1873)) } else { Ok(()) }
}

/// `INTERVAL '90' MINUTE`, `INTERVAL '1.5' SECOND`.
pub fn of_unit(text: &str, name: &str) -> Result<i64, OracleError> {
    if name == "SECOND" {
        return seconds(text.trim());
    }
    whole(text.trim())?.checked_mul(unit(name)?).ok_or_else(|| ora(1873))
}

/// `INTERVAL '1 02:03:04.5' DAY TO SECOND`.
pub fn day_to_second(text: &str) -> Result<i64, OracleError> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (days, time) = text.split_once(' ').ok_or_else(|| ora(1867))?;
    let fields: Vec<&str> = time.split(':').collect();
    let [hours, minutes, rest] = fields[..] else {
        return Err(ora(1867));
    };
    let parts = [(days, "DAY"), (hours, "HOUR"), (minutes, "MINUTE"), (rest, "SECOND")];
    let mut total: i64 = 0;
    for (text, name) in parts {
        total = total.checked_add(of_unit(text, name)?).ok_or_else(|| ora(1873))?;
    }
    Ok(sign * total)
}

fn whole(text: &str) -> Result<i64, OracleError> {
    text.parse().map_err(|_| ora(1867))
}

fn seconds(text: &str) -> Result<i64, OracleError> {
    let (whole_part, fraction) = text.split_once('.').unwrap_or((text, ""));
    let nanoseconds = format!("{fraction:0<9}");
    if nanoseconds.len() > 9 {
        return Err(ora(1867));
    }
    let fraction = whole(&nanoseconds)?;
    let total = whole(whole_part)?.checked_mul(SECOND).ok_or_else(|| ora(1873))?;
    Ok(if whole_part.starts_with('-') { total - fraction } else { total + fraction })
}
