//! The FROM clause.

use super::ast::{JoinKind, Source};
use super::condition::condition;
use super::cursor::{Cursor, Read};
use super::query;

/// Words that may follow a table in FROM and so are no alias there, beside the reserved ones.
const NO_ALIAS: [&str; 22] = [
    "LEFT",
    "RIGHT",
    "FULL",
    "INNER",
    "CROSS",
    "JOIN",
    "NATURAL",
    "OUTER",
    "USING",
    "OFFSET",
    "FETCH",
    "WINDOW",
    "EXCEPT",
    "RETURNING",
    "RETURN",
    "MODEL",
    "PARTITION",
    "SUBPARTITION",
    "SAMPLE",
    "PIVOT",
    "UNPIVOT",
    "LOG",
];

pub fn sources(cursor: &mut Cursor) -> Read<Vec<Source>> {
    let mut sources = vec![joined(cursor)?];
    while cursor.take_symbol(",") {
        sources.push(joined(cursor)?);
    }
    Ok(sources)
}

/// An alias of a table: a bare name, never after `AS`.
pub fn alias(cursor: &mut Cursor) -> Read<Option<String>> {
    let taken = NO_ALIAS.iter().any(|word| cursor.at_word(word));
    if taken || !cursor.at_name() {
        return Ok(None);
    }
    cursor.name(933).map(Some)
}

fn joined(cursor: &mut Cursor) -> Read<Source> {
    let mut left = source(cursor)?;
    while let Some(kind) = join_kind(cursor)? {
        let right = source(cursor)?;
        let on = match kind {
            JoinKind::Cross => None,
            _ if cursor.at_word("USING") => return cursor.unimplemented("JOIN … USING"),
            _ => {
                cursor.expect("ON", 905)?;
                Some(condition(cursor)?)
            }
        };
        left = Source::Join { left: Box::new(left), right: Box::new(right), kind, on };
    }
    Ok(left)
}

fn join_kind(cursor: &mut Cursor) -> Read<Option<JoinKind>> {
    if cursor.take("JOIN") {
        return Ok(Some(JoinKind::Inner));
    }
    if cursor.at_word("NATURAL") {
        return cursor.unimplemented("NATURAL JOIN");
    }
    let kinds = [
        ("INNER", JoinKind::Inner),
        ("LEFT", JoinKind::Left),
        ("RIGHT", JoinKind::Right),
        ("FULL", JoinKind::Full),
        ("CROSS", JoinKind::Cross),
    ];
    for (word, kind) in kinds {
        if cursor.take(word) {
            if matches!(kind, JoinKind::Left | JoinKind::Right | JoinKind::Full) {
                cursor.take("OUTER");
            }
            cursor.expect("JOIN", 905)?;
            return Ok(Some(kind));
        }
    }
    Ok(None)
}

pub fn source(cursor: &mut Cursor) -> Read<Source> {
    if cursor.at_symbol("(") {
        if !cursor.at_word_ahead(1, "SELECT") {
            return cursor.unimplemented("a join in parentheses");
        }
        cursor.advance();
        let query = Box::new(query::query(cursor)?);
        cursor.close()?;
        return Ok(Source::Query { query, alias: alias(cursor)? });
    }
    if cursor.at_word("LATERAL") || cursor.at_word("TABLE") {
        return cursor.unimplemented("this kind of FROM");
    }
    let name = cursor.object(903)?;
    Ok(Source::Table { name, alias: alias(cursor)? })
}
