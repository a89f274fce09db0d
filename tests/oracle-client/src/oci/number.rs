//! OCINumber: a length, an exponent to the base of 100, and up to 20 digits of that base.
//!
//! The format is Oracle's "Internal Datatypes" (OCI Programmer's Guide, "NUMBER"): digits are kept
//! plus 1; of a negative number all bits are turned, the digits are kept as 101 less their value,
//! and a 102 ends them while there is room.

use crate::error::OracleError;
use crate::messages;

pub const SIZE: usize = 22;
const MOST_DIGITS: usize = 20;
const ZERO: u8 = 0x80;
const END_OF_NEGATIVE: u8 = 102;

pub type Bytes = [u8; SIZE];

/// The number's plain decimal notation.
pub fn decode(bytes: &Bytes) -> Result<String, OracleError> {
    let length = usize::from(bytes[0]);
    if length == 0 || length >= SIZE {
        return Err(messages::error(1722));
    }
    let (lead, digits) = (bytes[1], &bytes[2..=length]);
    if digits.is_empty() && lead == ZERO {
        return Ok("0".to_owned());
    }
    let negative = lead & 0x80 == 0;
    let digits: Vec<u8> = match (negative, digits) {
        (false, digits) => digits.iter().map(|digit| digit.wrapping_sub(1)).collect(),
        (true, [digits @ .., END_OF_NEGATIVE]) | (true, digits) => {
            digits.iter().map(|digit| 101u8.wrapping_sub(*digit)).collect()
        }
    };
    if digits.is_empty() || digits.iter().any(|digit| *digit > 99) {
        return Err(messages::error(1722));
    }
    let exponent = i32::from(if negative { !lead } else { lead }) - 193;
    let text: String = digits.iter().map(|digit| format!("{digit:02}")).collect();
    Ok(place_point(&text, (exponent + 1) * 2, negative))
}

/// `digits` with the point after `point` of them, zeros stripped.
fn place_point(digits: &str, point: i32, negative: bool) -> String {
    let count = digits.len() as i32;
    let (whole, fraction) = if point <= 0 {
        (String::new(), "0".repeat(point.unsigned_abs() as usize) + digits)
    } else if point >= count {
        (digits.to_owned() + &"0".repeat((point - count) as usize), String::new())
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        (whole.to_owned(), fraction.to_owned())
    };
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let sign = if negative { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// From decimal notation, with an exponent if need be.
pub fn encode(text: &str) -> Result<Bytes, OracleError> {
    let text = text.trim();
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| messages::error(1722))?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: String = [whole, fraction].concat();
    if all.is_empty() || !all.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(messages::error(1722));
    }
    let mut point = whole.len() as i32 + exponent;
    let significant = all.trim_start_matches('0');
    point -= (all.len() - significant.len()) as i32;
    let mut digits = significant.trim_end_matches('0').to_owned();
    let mut bytes = [0; SIZE];
    if digits.is_empty() {
        bytes[..2].copy_from_slice(&[1, ZERO]);
        return Ok(bytes);
    }
    // Pairs are counted from the point, so a lone first digit gets a zero before it.
    if point.rem_euclid(2) == 1 {
        digits.insert(0, '0');
        point += 1;
    }
    if digits.len() % 2 == 1 {
        digits.push('0');
    }
    let lead = point / 2 - 1 + 193;
    if lead > 0xff || digits.len() / 2 > MOST_DIGITS {
        return Err(messages::error(1426));
    }
    if lead < 0x80 {
        // Too small to be told from zero.
        bytes[..2].copy_from_slice(&[1, ZERO]);
        return Ok(bytes);
    }
    let pairs = digits.as_bytes().chunks(2).map(|pair| (pair[0] - b'0') * 10 + (pair[1] - b'0'));
    let mut length = 1;
    bytes[1] = if negative { !(lead as u8) } else { lead as u8 };
    for pair in pairs {
        length += 1;
        bytes[length] = if negative { 101 - pair } else { pair + 1 };
    }
    if negative && length <= MOST_DIGITS {
        length += 1;
        bytes[length] = END_OF_NEGATIVE;
    }
    bytes[0] = length as u8;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    /// Bytes as a real server's DUMP() shows them.
    #[test]
    fn the_bytes_are_oracle_s() {
        for (text, bytes) in [
            ("0", &[1, 0x80][..]),
            ("1", &[2, 0xc1, 2]),
            ("100", &[2, 0xc2, 2]),
            ("123.45", &[4, 0xc2, 2, 24, 46]),
            ("0.01", &[2, 0xc0, 2]),
            ("-1", &[3, 0x3e, 100, 102]),
            ("-123.45", &[5, 0x3d, 100, 78, 56, 102]),
        ] {
            let encoded = encode(text).unwrap();
            assert_eq!(&encoded[..bytes.len()], bytes, "{text}");
            assert_eq!(decode(&encoded).unwrap(), text);
        }
    }

    #[test]
    fn thirty_eight_digits_come_back() {
        for text in [
            "99999999999999999999999999999999999999",
            "-99999999999999999999999999999999999999",
            "-12345678901234567890.123456789012345678",
            "0.00000000000000000000000000000000000001",
            "-0.5",
            "9223372036854775807",
        ] {
            assert_eq!(decode(&encode(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn exponents_are_understood() {
        assert_eq!(decode(&encode("1.5e3").unwrap()).unwrap(), "1500");
        assert_eq!(decode(&encode("-25E-3").unwrap()).unwrap(), "-0.025");
        assert_eq!(decode(&encode("1e125").unwrap()).unwrap(), format!("1{}", "0".repeat(125)));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(encode("twelve").unwrap_err().code, 1722);
        assert_eq!(encode("").unwrap_err().code, 1722);
        assert_eq!(encode("1e126").unwrap_err().code, 1426);
        assert_eq!(decode(&[0; super::SIZE]).unwrap_err().code, 1722);
    }
}
