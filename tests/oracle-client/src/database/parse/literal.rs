//! `TIMESTAMP '…'` and `INTERVAL '…' unit`.

use super::ast::Expr;
use super::cursor::{Cursor, Read};
use crate::database::values::{interval, timestamp};

/// `TIMESTAMP 'YYYY-MM-DD HH:MI:SS[.FF] [±HH:MM]'`, after the keyword.
pub fn timestamp(cursor: &mut Cursor) -> Read<Expr> {
    let start = cursor.position().0;
    let text = cursor.text_literal(936)?;
    let read = timestamp::read_literal(&text).map_err(|error| error.at(start))?;
    Ok(Expr::Timestamp(read))
}

/// `INTERVAL 'n' DAY|HOUR|MINUTE|SECOND` and `INTERVAL 'd h:m:s' DAY TO SECOND`, after the keyword.
pub fn interval(cursor: &mut Cursor) -> Read<Expr> {
    let start = cursor.position().0;
    let text = cursor.text_literal(936)?;
    let unit = cursor.name(30089)?;
    let digits = precision(cursor)?.unwrap_or(2);
    if unit == "YEAR" || unit == "MONTH" {
        return cursor.unimplemented("INTERVAL YEAR TO MONTH");
    }
    let nanoseconds = if cursor.take("TO") {
        let to = cursor.name(30089)?;
        precision(cursor)?;
        if (unit.as_str(), to.as_str()) != ("DAY", "SECOND") {
            return cursor.unimplemented("an interval of these fields");
        }
        interval::day_to_second(&text)
    } else {
        interval::of_unit(&text, &unit)
    };
    let nanoseconds = nanoseconds.and_then(|found| interval::check_leading(&text, digits).map(|()| found));
    Ok(Expr::Interval(nanoseconds.map_err(|error| error.at(start))?))
}

/// How many digits the field may have, where that is told.
fn precision(cursor: &mut Cursor) -> Read<Option<i64>> {
    let mut digits = None;
    if cursor.take_symbol("(") {
        digits = Some(cursor.integer(30088)?);
        if cursor.take_symbol(",") {
            cursor.integer(30088)?;
        }
        cursor.close()?;
    }
    Ok(digits)
}
