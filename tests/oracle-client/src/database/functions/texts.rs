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
    strict(connection, "ora_upper", 1, |a| text(each(a.text(0), upper)))?;
    strict(connection, "ora_lower", 1, |a| text(each(a.text(0), lower)))?;
    strict(connection, "ora_length", 1, |a| integer(a.text(0).chars().count() as i64))?;
    strict(connection, "ora_substr", 2, substr)?;
    strict(connection, "ora_instr", 4, instr)?;
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

/// Each character by itself: there are as many afterwards, whatever stands beside them.
fn each(text: &str, map: fn(char) -> char) -> String {
    text.chars().map(map).collect()
}

/// The one upper-case character of Unicode's simple mapping; Rust has the full one, of which `ß` becomes `SS`.
fn upper(c: char) -> char {
    let iota = match c {
        '\u{1F80}'..='\u{1F87}' | '\u{1F90}'..='\u{1F97}' | '\u{1FA0}'..='\u{1FA7}' => 8,
        '\u{1FB3}' | '\u{1FC3}' | '\u{1FF3}' => 9,
        _ => 0,
    };
    let mut full = c.to_uppercase();
    match (full.next(), full.next()) {
        (Some(single), None) => single,
        _ => char::from_u32(c as u32 + iota).unwrap_or(c),
    }
}

/// The same for lower case, where `İ` alone becomes two in full.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// (text, what is looked for, where from, which of them); counted from one, and from the end where negative.
fn instr(a: &Arguments) -> Answer {
    let (text, sought): (Vec<char>, Vec<char>) = (a.text(0).chars().collect(), a.text(1).chars().collect());
    let (from, which) = (a.integer(2), a.integer(3));
    if which < 1 {
        return Err(OracleError::new(1428, format_args!("argument '{which}' is out of range")));
    }
    let total = text.len() as i64;
    let found = |start: &i64| text[*start as usize..].starts_with(&sought);
    let which = which as usize - 1;
    let start = match from {
        0 => None,
        from if from > 0 => (from - 1..total).filter(found).nth(which),
        from => (0..(total + from + 1).max(0)).rev().filter(found).nth(which),
    };
    integer(start.map_or(0, |start| start + 1))
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
