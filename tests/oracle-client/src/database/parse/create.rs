//! CREATE.

use super::cursor::{Cursor, Read};
use super::definition::{Definition, IndexSpec};
use super::expr::expr;
use super::{account, column, constraint};
use crate::database::read::Word;

pub fn create(cursor: &mut Cursor) -> Read<Definition> {
    cursor.advance();
    if cursor.take("TABLE") {
        return table(cursor);
    }
    if cursor.take("INDEX") {
        return index(cursor, false).map(Definition::CreateIndex);
    }
    if cursor.take_all(&["UNIQUE", "INDEX"]) {
        return index(cursor, true).map(Definition::CreateIndex);
    }
    if cursor.take("USER") {
        return account::create_user(cursor);
    }
    for known in [
        "OR",
        "SEQUENCE",
        "GLOBAL",
        "PRIVATE",
        "VIEW",
        "TRIGGER",
        "PROCEDURE",
        "FUNCTION",
        "PACKAGE",
        "ROLE",
        "SYNONYM",
        "TYPE",
        "BITMAP",
        "MATERIALIZED",
        "TABLESPACE",
        "PROFILE",
        "DIRECTORY",
        "PUBLIC",
        "IMMUTABLE",
        "BLOCKCHAIN",
        "NOFORCE",
        "FORCE",
        "EDITIONABLE",
        "DATABASE",
        "CONTEXT",
        "CLUSTER",
    ] {
        if cursor.at_word(known) {
            return cursor.unimplemented("this CREATE");
        }
    }
    cursor.fail(901)
}

fn table(cursor: &mut Cursor) -> Read<Definition> {
    let name = cursor.object(903)?;
    if cursor.at_word("AS") {
        return cursor.unimplemented("CREATE TABLE … AS SELECT");
    }
    // `IF NOT EXISTS` is a table called IF, and then an option that is none.
    if matches!(cursor.word(), Word::Name(_)) {
        return cursor.fail(922);
    }
    cursor.open()?;
    let (mut columns, mut constraints) = (Vec::new(), Vec::new());
    loop {
        if constraint::starts(cursor) {
            constraints.push(constraint::out_of_line(cursor)?);
        } else {
            columns.push(column::column(cursor, false)?);
        }
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.close()?;
    for storage in
        ["TABLESPACE", "PCTFREE", "STORAGE", "ORGANIZATION", "PARTITION", "LOGGING", "NOLOGGING", "SEGMENT"]
    {
        if cursor.at_word(storage) {
            return cursor.unimplemented("a physical property");
        }
    }
    Ok(Definition::CreateTable { name, columns, constraints })
}

/// After `CREATE [UNIQUE] INDEX`.
pub fn index(cursor: &mut Cursor, unique: bool) -> Read<IndexSpec> {
    let name = cursor.object(953)?;
    cursor.expect("ON", 969)?;
    let table = cursor.object(903)?;
    cursor.open()?;
    let mut columns = Vec::new();
    loop {
        let column = expr(cursor)?;
        let descending = cursor.take("DESC");
        if !descending {
            cursor.take("ASC");
        }
        columns.push((column, descending));
        if !cursor.take_symbol(",") {
            break;
        }
    }
    cursor.close()?;
    for option in ["TABLESPACE", "ONLINE", "LOCAL", "GLOBAL", "COMPRESS", "NOLOGGING", "REVERSE", "INVISIBLE"]
    {
        if cursor.at_word(option) {
            return cursor.unimplemented("an index option");
        }
    }
    Ok(IndexSpec { name, table, columns, unique })
}

/// `START WITH n INCREMENT BY n …`; what only bears on speed or ends of range is read and has no effect.
pub fn sequence_options(cursor: &mut Cursor) -> Read<(i64, i64)> {
    let (mut start, mut increment) = (1, 1);
    loop {
        if cursor.take_all(&["START", "WITH"]) {
            start = cursor.integer(933)?;
        } else if cursor.take_all(&["INCREMENT", "BY"]) {
            increment = cursor.integer(933)?;
        } else if cursor.take("CACHE") {
            cursor.integer(933)?;
        } else if !["NOCACHE", "NOCYCLE", "ORDER", "NOORDER", "NOMAXVALUE", "NOMINVALUE"]
            .iter()
            .any(|word| cursor.take(word))
        {
            break;
        }
    }
    if ["MAXVALUE", "MINVALUE", "CYCLE", "LIMIT"].iter().any(|word| cursor.at_word(word)) {
        return cursor.unimplemented("a bounded sequence");
    }
    Ok((start, increment))
}
