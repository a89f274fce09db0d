//! Functions of text. Positions and lengths count characters; the empty text is NULL.

use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{Answer, Arguments, integer, lenient, strict, text};
use crate::error::OracleError;

pub fn register(connection: &Connection) -> Result<()> {
    lenient(connection, "ora_concat", |a| {
        let joined = format!("{}{}", a.text(0), a.text(1));
        if joined.len() > 4000 {
            return Err(OracleError::new(1489, "result of string concatenation is too long"));
        }
        text(joined)
    })?;
    strict(connection, "ora_upper", 1, |a| text(a.text(0).to_uppercase()))?;
    strict(connection, "ora_lower", 1, |a| text(a.text(0).to_lowercase()))?;
    strict(connection, "ora_length", 1, |a| integer(a.text(0).chars().count() as i64))?;
    strict(connection, "ora_substr", 2, substr)?;
    strict(connection, "ora_hex_raw", 1, |a| {
        let digits: Option<Vec<u8>> =
            a.text(0).chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
        let digits = digits.ok_or_else(|| OracleError::new(1465, "invalid hex number"))?;
        // An odd number of digits counts from the right.
        let bytes: Vec<u8> =
            digits.rchunks(2).rev().map(|pair| pair.iter().fold(0, |byte, d| byte << 4 | d)).collect();
        Ok(Stored::Blob(bytes))
    })?;
    strict(connection, "ora_like", 2, |a| {
        let escape = if a.is_null(2) { None } else { a.text(2).chars().next() };
        let pattern = pattern(a.text(1), escape)?;
        let value: Vec<char> = a.text(0).chars().collect();
        Ok(Stored::Integer(matches(&value, &pattern).into()))
    })
}

fn substr(a: &Arguments) -> Answer {
    let characters: Vec<char> = a.text(0).chars().collect();
    let total = characters.len() as i64;
    let start = match a.integer(1) {
        0 => 0,
        start if start > 0 => start - 1,
        start => total + start,
    };
    if a.count() > 2 && a.is_null(2) || start < 0 || start >= total {
        return Ok(Stored::Null);
    }
    let length = if a.count() > 2 { a.integer(2).clamp(0, total - start) } else { total - start };
    text(characters[start as usize..(start + length) as usize].iter().collect::<String>())
}

enum Piece {
    Character(char),
    One,
    Any,
}

fn pattern(text: &str, escape: Option<char>) -> std::result::Result<Vec<Piece>, OracleError> {
    let mut pieces = Vec::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        pieces.push(match c {
            _ if Some(c) == escape => match characters.next() {
                Some(escaped) if escaped == '%' || escaped == '_' || escaped == c => {
                    Piece::Character(escaped)
                }
                _ => {
                    return Err(OracleError::new(
                        1424,
                        "missing or illegal character following the escape character",
                    ));
                }
            },
            '%' => Piece::Any,
            '_' => Piece::One,
            _ => Piece::Character(c),
        });
    }
    Ok(pieces)
}

/// Greedy with one step back to the last `%`, which is all that is ever needed.
fn matches(value: &[char], pattern: &[Piece]) -> bool {
    let (mut at, mut piece) = (0, 0);
    let mut last_any = None;
    while at < value.len() {
        match pattern.get(piece) {
            Some(Piece::One) => (at, piece) = (at + 1, piece + 1),
            Some(Piece::Character(c)) if *c == value[at] => (at, piece) = (at + 1, piece + 1),
            Some(Piece::Any) => {
                last_any = Some((at, piece));
                piece += 1;
            }
            _ => match last_any {
                Some((from, any)) => {
                    last_any = Some((from + 1, any));
                    (at, piece) = (from + 1, any + 1);
                }
                None => return false,
            },
        }
    }
    pattern[piece..].iter().all(|piece| matches!(piece, Piece::Any))
}
