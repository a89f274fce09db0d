//! Constraints, inline and out of line.

use super::condition::condition;
use super::create::index;
use super::cursor::{Cursor, Read};
use super::definition::{ConstraintSpec, Rule, Using};
use crate::database::catalog::OnDelete;
use crate::database::read::Word;

/// Does an out-of-line constraint start here?
pub fn starts(cursor: &Cursor) -> bool {
    ["CONSTRAINT", "UNIQUE", "CHECK"].iter().any(|word| cursor.at_word(word))
        || cursor.at_words(&["PRIMARY", "KEY"])
        || cursor.at_words(&["FOREIGN", "KEY"])
}

fn constraint_name(cursor: &mut Cursor) -> Read<Option<String>> {
    if cursor.take("CONSTRAINT") { cursor.name(2250).map(Some) } else { Ok(None) }
}

pub fn out_of_line(cursor: &mut Cursor) -> Read<ConstraintSpec> {
    let position = cursor.position().0;
    let name = constraint_name(cursor)?;
    let rule = if cursor.take("UNIQUE") {
        key(cursor, false, None)?
    } else if cursor.take_all(&["PRIMARY", "KEY"]) {
        key(cursor, true, None)?
    } else if cursor.take("CHECK") {
        check(cursor)?
    } else if cursor.take_all(&["FOREIGN", "KEY"]) {
        let columns = cursor.names()?;
        cursor.expect("REFERENCES", 905)?;
        references(cursor, columns)?
    } else {
        return cursor.fail(904);
    };
    state(cursor)?;
    Ok(ConstraintSpec { name, rule, position })
}

pub fn inline(cursor: &mut Cursor, column: &str) -> Read<Option<ConstraintSpec>> {
    let position = cursor.position().0;
    let name = constraint_name(cursor)?;
    let own = || vec![column.to_owned()];
    let rule = if cursor.take("NOT") {
        cursor.expect("NULL", 908)?;
        Rule::NotNull(column.to_owned())
    } else if cursor.take("UNIQUE") {
        key(cursor, false, Some(own()))?
    } else if cursor.take_all(&["PRIMARY", "KEY"]) {
        key(cursor, true, Some(own()))?
    } else if cursor.take("CHECK") {
        check(cursor)?
    } else if cursor.take("REFERENCES") {
        references(cursor, own())?
    } else if name.is_some() {
        return cursor.fail(2253);
    } else {
        return Ok(None);
    };
    state(cursor)?;
    Ok(Some(ConstraintSpec { name, rule, position }))
}

fn key(cursor: &mut Cursor, primary: bool, inline: Option<Vec<String>>) -> Read<Rule> {
    let columns = match inline {
        Some(columns) => columns,
        None => cursor.names()?,
    };
    let mut using = None;
    if cursor.take_all(&["USING", "INDEX"]) {
        using = Some(using_index(cursor)?);
    }
    Ok(Rule::Key { primary, columns, using })
}

fn using_index(cursor: &mut Cursor) -> Read<Using> {
    if !cursor.take_symbol("(") {
        return cursor.object(953).map(Using::Existing);
    }
    cursor.expect("CREATE", 905)?;
    let unique = cursor.take("UNIQUE");
    cursor.expect("INDEX", 905)?;
    let index = index(cursor, unique)?;
    cursor.close()?;
    Ok(Using::Create(index))
}

fn check(cursor: &mut Cursor) -> Read<Rule> {
    cursor.open()?;
    let start = cursor.position().0;
    condition(cursor)?;
    let text = cursor.since(start).to_owned();
    cursor.close()?;
    Ok(Rule::Check(text))
}

fn references(cursor: &mut Cursor, columns: Vec<String>) -> Read<Rule> {
    let table = cursor.object(903)?;
    let referenced = if cursor.at_symbol("(") { cursor.names()? } else { Vec::new() };
    let mut on_delete = OnDelete::Refuse;
    if cursor.take_all(&["ON", "DELETE"]) {
        on_delete = if cursor.take("CASCADE") {
            OnDelete::Cascade
        } else if cursor.take_all(&["SET", "NULL"]) {
            OnDelete::SetNull
        } else {
            return cursor.fail(905);
        };
    }
    // ON UPDATE and the like are not Oracle's.
    if cursor.at_word("ON") {
        return cursor.fail(907);
    }
    Ok(Rule::Foreign { columns, table, referenced, on_delete })
}

/// What Oracle allows after a constraint and would change what it does.
fn state(cursor: &mut Cursor) -> Read<()> {
    cursor.take("ENABLE");
    cursor.take("VALIDATE");
    for word in ["DEFERRABLE", "INITIALLY", "DISABLE", "NOVALIDATE", "RELY", "NORELY", "EXCEPTIONS"] {
        if cursor.at_word(word) {
            return cursor.unimplemented(word);
        }
    }
    match cursor.word() {
        Word::Name(name) if name == "NOT" && cursor.at_word_ahead(1, "DEFERRABLE") => {
            cursor.unimplemented("NOT DEFERRABLE")
        }
        _ => Ok(()),
    }
}
