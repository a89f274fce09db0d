//! DROP and ALTER.

use super::column::column;
use super::constraint;
use super::cursor::{Cursor, Read};
use super::definition::{Change, Definition};

/// DROP.
pub fn drop(cursor: &mut Cursor) -> Read<Definition> {
    cursor.advance();
    if cursor.take("TABLE") {
        let name = cursor.object(903)?;
        if cursor.at_words(&["IF", "EXISTS"]) {
            return cursor.fail(933);
        }
        let cascade = cursor.take_all(&["CASCADE", "CONSTRAINTS"]);
        cursor.take("PURGE");
        return Ok(Definition::DropTable { name, cascade });
    }
    if cursor.take("INDEX") {
        return cursor.object(953).map(Definition::DropIndex);
    }
    for known in [
        "SEQUENCE",
        "USER",
        "VIEW",
        "TRIGGER",
        "PROCEDURE",
        "FUNCTION",
        "PACKAGE",
        "ROLE",
        "SYNONYM",
        "TYPE",
        "MATERIALIZED",
    ] {
        if cursor.at_word(known) {
            return cursor.unimplemented("this DROP");
        }
    }
    cursor.fail(950)
}

pub fn alter(cursor: &mut Cursor) -> Read<Definition> {
    cursor.advance();
    if !cursor.take("TABLE") {
        for known in [
            "USER",
            "INDEX",
            "SEQUENCE",
            "SYSTEM",
            "VIEW",
            "TRIGGER",
            "PROCEDURE",
            "DATABASE",
            "PROFILE",
            "PLUGGABLE",
        ] {
            if cursor.at_word(known) {
                return cursor.unimplemented("this ALTER");
            }
        }
        return cursor.fail(940);
    }
    let name = cursor.object(903)?;
    let mut changes = Vec::new();
    while !cursor.at_end() {
        change(cursor, &mut changes)?;
    }
    if changes.is_empty() {
        return cursor.fail(1735);
    }
    Ok(Definition::AlterTable { name, changes })
}

fn change(cursor: &mut Cursor, changes: &mut Vec<Change>) -> Read<()> {
    if cursor.take("ADD") {
        // ADD COLUMN is not Oracle's, and neither is a list without parentheses.
        let list = cursor.take_symbol("(");
        loop {
            changes.push(match constraint::starts(cursor) {
                true => Change::AddConstraint(constraint::out_of_line(cursor)?),
                false => Change::AddColumn(column(cursor, false)?),
            });
            if !(list && cursor.take_symbol(",")) {
                break;
            }
        }
        return if list { cursor.close() } else { Ok(()) };
    }
    if cursor.take("MODIFY") {
        let list = cursor.take_symbol("(");
        loop {
            changes.push(Change::Modify(column(cursor, true)?));
            if !(list && cursor.take_symbol(",")) {
                break;
            }
        }
        return if list { cursor.close() } else { Ok(()) };
    }
    if cursor.take("DROP") {
        changes.push(drop_part(cursor)?);
        return Ok(());
    }
    if cursor.take("RENAME") {
        changes.push(if cursor.take("TO") {
            Change::RenameTable(cursor.name(903)?)
        } else {
            cursor.expect("COLUMN", 905)?;
            let from = cursor.name(904)?;
            cursor.expect("TO", 946)?;
            Change::RenameColumn { from, to: cursor.name(904)? }
        });
        return Ok(());
    }
    for known in
        ["DISABLE", "ENABLE", "SET", "MOVE", "SHRINK", "READ", "CACHE", "NOCACHE", "LOGGING", "PARALLEL"]
    {
        if cursor.at_word(known) {
            return cursor.unimplemented("this ALTER TABLE");
        }
    }
    cursor.fail(1735)
}

fn drop_part(cursor: &mut Cursor) -> Read<Change> {
    if cursor.take("COLUMN") {
        let columns = vec![cursor.name(904)?];
        cursor.take_all(&["CASCADE", "CONSTRAINTS"]);
        return Ok(Change::DropColumns(columns));
    }
    if cursor.at_symbol("(") {
        return cursor.names().map(Change::DropColumns);
    }
    if cursor.take("CONSTRAINT") {
        let name = cursor.name(2250)?;
        return Ok(Change::DropConstraint { name, cascade: cursor.take("CASCADE") });
    }
    if cursor.take_all(&["PRIMARY", "KEY"]) {
        return Ok(Change::DropPrimaryKey { cascade: cursor.take("CASCADE") });
    }
    if cursor.at_word("UNIQUE") {
        return cursor.unimplemented("DROP UNIQUE");
    }
    cursor.fail(905)
}
