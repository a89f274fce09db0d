//! Users and their rights.

use super::cursor::{Cursor, Read};
use super::definition::Definition;
use crate::database::read::Word;

fn user(cursor: &mut Cursor) -> Read<String> {
    cursor.name(987)
}

/// A password keeps its case, quoted or not.
fn password(cursor: &mut Cursor) -> Read<String> {
    cursor.expect("BY", 924)?;
    let token = cursor.token().clone();
    match token.word {
        Word::Quoted(password) => {
            cursor.advance();
            Ok(password)
        }
        Word::Name(_) => {
            cursor.advance();
            Ok(cursor.text[token.start..token.end].to_owned())
        }
        _ => cursor.fail(988),
    }
}

/// After `CREATE USER`.
pub fn create_user(cursor: &mut Cursor) -> Read<Definition> {
    let name = user(cursor)?;
    cursor.expect("IDENTIFIED", 922)?;
    let password = password(cursor)?;
    let quota = options(cursor)?;
    Ok(Definition::CreateUser { name, password, quota })
}

/// Tablespaces and quotas; whether some quota is given is all that matters here.
fn options(cursor: &mut Cursor) -> Read<bool> {
    let mut quota = false;
    loop {
        if cursor.take("QUOTA") {
            let unlimited = cursor.take("UNLIMITED");
            let size = if unlimited { 1 } else { size(cursor)? };
            cursor.expect("ON", 969)?;
            cursor.name(959)?;
            quota = size > 0;
        } else if cursor.take_all(&["DEFAULT", "TABLESPACE"]) || cursor.take_all(&["TEMPORARY", "TABLESPACE"])
        {
            cursor.name(959)?;
        } else if cursor.at_word("ACCOUNT") || cursor.at_word("PASSWORD") || cursor.at_word("PROFILE") {
            return cursor.unimplemented("an account option");
        } else {
            return Ok(quota);
        }
    }
}

fn size(cursor: &mut Cursor) -> Read<i64> {
    let size = cursor.integer(2187)?;
    let _ = ["K", "M", "G", "T"].iter().any(|unit| cursor.take(unit));
    Ok(size)
}

pub fn grant(cursor: &mut Cursor) -> Read<Definition> {
    cursor.advance();
    let mut privileges = vec![privilege(cursor)?];
    while cursor.take_symbol(",") {
        privileges.push(privilege(cursor)?);
    }
    if cursor.at_word("ON") {
        return cursor.unimplemented("a privilege on an object");
    }
    cursor.expect("TO", 946)?;
    let mut to = vec![user(cursor)?];
    while cursor.take_symbol(",") {
        to.push(user(cursor)?);
    }
    if cursor.at_word("WITH") {
        return cursor.unimplemented("WITH ADMIN or GRANT OPTION");
    }
    Ok(Definition::Grant { privileges, to })
}

/// One or more words up to the comma, `ON` or `TO`.
fn privilege(cursor: &mut Cursor) -> Read<String> {
    let mut words = Vec::new();
    while let Word::Name(word) = cursor.word() {
        if ["ON", "TO"].contains(&word.as_str()) {
            break;
        }
        words.push(word.clone());
        cursor.advance();
    }
    if words.is_empty() {
        return cursor.fail(990);
    }
    Ok(words.join(" "))
}
