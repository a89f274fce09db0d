//! DROP, TRUNCATE, COMMENT and ALTER.

use super::ast::ObjectName;
use super::column::column;
use super::cursor::{Cursor, Read};
use super::definition::{Change, Definition};
use super::{account, constraint};

/// DROP, TRUNCATE TABLE, COMMENT ON.
pub fn drop(cursor: &mut Cursor) -> Read<Definition> {
    if cursor.take("TRUNCATE") {
        cursor.expect("TABLE", 905)?;
        let name = cursor.object(903)?;
        let _ = cursor.take_all(&["DROP", "STORAGE"]) || cursor.take_all(&["REUSE", "STORAGE"]);
        if cursor.at_word("CASCADE") {
            return cursor.unimplemented("TRUNCATE … CASCADE");
        }
        return Ok(Definition::Truncate(name));
    }
    if cursor.take("COMMENT") {
        return comment(cursor);
    }
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
    if cursor.take("SEQUENCE") {
        return cursor.object(903).map(Definition::DropSequence);
    }
    if cursor.take("USER") {
        let name = account::user(cursor)?;
        return Ok(Definition::DropUser { name, cascade: cursor.take("CASCADE") });
    }
    for known in
        ["VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "PACKAGE", "ROLE", "SYNONYM", "TYPE", "MATERIALIZED"]
    {
        if cursor.at_word(known) {
            return cursor.unimplemented("this DROP");
        }
    }
    cursor.fail(950)
}

fn comment(cursor: &mut Cursor) -> Read<Definition> {
    cursor.expect("ON", 969)?;
    let on_column = cursor.take("COLUMN");
    if !on_column {
        cursor.expect("TABLE", 905)?;
    }
    let mut table = cursor.object(903)?;
    let mut column = None;
    if on_column {
        // `table.column` or `schema.table.column`.
        if cursor.take_symbol(".") {
            column = Some(cursor.name(1747)?);
        } else {
            let schema = table.schema.take().ok_or_else(|| cursor.error(1747))?;
            column = Some(table.name);
            table = ObjectName { schema: None, name: schema, position: table.position };
        }
    }
    cursor.expect("IS", 905)?;
    let text = cursor.text_literal(1780)?;
    Ok(Definition::Comment { table, column, text })
}

pub fn alter(cursor: &mut Cursor) -> Read<Definition> {
    cursor.advance();
    if cursor.take("USER") {
        return account::alter_user(cursor);
    }
    if !cursor.take("TABLE") {
        for known in [
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
