//! NUMBER: decimal, exact to 38 significant digits.

use std::num::NonZeroU64;
use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Signed, Zero};

use crate::database::messages::ora;
use crate::error::OracleError;

const DIGITS: NonZeroU64 = NonZeroU64::new(38).unwrap();

/// Reads a number as TO_NUMBER does without a format: blanks around it are fine, anything else is ORA-01722.
pub fn parse(text: &str) -> Result<BigDecimal, OracleError> {
    let text = text.trim();
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text);
    let starts = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if !starts || plain.contains('_') {
        return Err(ora(1722));
    }
    BigDecimal::from_str(text).map_err(|_| ora(1722))
}

/// Oracle's notation: an exponent of 100, then base-100 digits plus one; complemented, and ended by 102, below zero.
pub fn encode(number: &BigDecimal) -> Result<Vec<u8>, OracleError> {
    if number.is_zero() {
        return Ok(vec![0x80]);
    }
    let number = number.with_precision_round(DIGITS, RoundingMode::HalfUp).normalized();
    let (digits, scale) = number.as_bigint_and_exponent();
    let negative = digits.is_negative();
    let mut digits = digits.abs().to_string();
    let mut point = digits.len() as i64 - scale;
    if point.rem_euclid(2) == 1 {
        digits.insert(0, '0');
        point += 1;
    }
    if digits.len() % 2 == 1 {
        digits.push('0');
    }
    let exponent = point / 2 - 1;
    if exponent > 62 {
        return Err(ora(1426));
    }
    if exponent < -65 {
        return Ok(vec![0x80]);
    }
    let pairs = digits.as_bytes().chunks(2).map(|pair| (pair[0] - b'0') * 10 + (pair[1] - b'0'));
    let mut bytes = Vec::with_capacity(22);
    if negative {
        bytes.push((62 - exponent) as u8);
        bytes.extend(pairs.map(|pair| 101 - pair));
        bytes.push(102);
    } else {
        bytes.push((193 + exponent) as u8);
        bytes.extend(pairs.map(|pair| pair + 1));
    }
    Ok(bytes)
}

pub fn of_integer(number: i64) -> Vec<u8> {
    encode(&BigDecimal::from(number)).unwrap_or_else(|_| vec![0x80])
}

/// The reverse of `encode`.
pub fn decode(bytes: &[u8]) -> BigDecimal {
    let Some((first, rest)) = bytes.split_first() else {
        return BigDecimal::zero();
    };
    let negative = *first < 0x80;
    let (exponent, digits): (i64, Vec<u8>) = match first {
        0x80 => return BigDecimal::zero(),
        _ if negative => {
            (62 - i64::from(*first), rest.iter().filter(|d| **d != 102).map(|d| 101 - d).collect())
        }
        _ => (i64::from(*first) - 193, rest.iter().map(|d| d - 1).collect()),
    };
    let mut text = String::with_capacity(digits.len() * 2 + 1);
    if negative {
        text.push('-');
    }
    digits.iter().for_each(|digit| text.push_str(&format!("{digit:02}")));
    let scale = 2 * (digits.len() as i64 - 1 - exponent);
    BigDecimal::new(BigInt::from_str(&text).unwrap_or_default(), scale).normalized()
}

/// Plain decimal notation, `-12.5` or `0.5`.
pub fn plain(bytes: &[u8]) -> String {
    decode(bytes).to_plain_string()
}

/// As TO_CHAR writes it: no zero before the point.
pub fn to_char(bytes: &[u8]) -> String {
    let plain = plain(bytes);
    match plain.strip_prefix("0.") {
        Some(fraction) => format!(".{fraction}"),
        None => plain.replacen("-0.", "-.", 1),
    }
}

/// Rounded to a scale, half away from zero.
pub fn round(number: &BigDecimal, scale: i64) -> BigDecimal {
    number.with_scale_round(scale, RoundingMode::HalfUp)
}

/// Rounded to a column's scale; ORA-01438 if more digits than the precision remain.
pub fn fit(number: &BigDecimal, precision: u8, scale: i8) -> Result<BigDecimal, OracleError> {
    let rounded = round(number, scale.into());
    let limit = BigDecimal::new(BigInt::from(1), i64::from(scale) - i64::from(precision));
    if rounded.abs() >= limit { Err(ora(1438)) } else { Ok(rounded) }
}

pub fn divide(left: &BigDecimal, right: &BigDecimal) -> Result<BigDecimal, OracleError> {
    if right.is_zero() { Err(ora(1476)) } else { Ok(left / right) }
}
