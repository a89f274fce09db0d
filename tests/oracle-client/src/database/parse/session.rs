//! Statements about the session and its transaction.

use super::ast::{Parsed, Wait};
use super::cursor::{Cursor, Read};
use crate::database::read::Word;

/// LOCK TABLE, SET TRANSACTION READ ONLY, COMMIT, ROLLBACK.
pub fn control(cursor: &mut Cursor) -> Read<Parsed> {
    if cursor.take("LOCK") {
        return lock_table(cursor);
    }
    if cursor.take("SET") {
        return match cursor.take_all(&["TRANSACTION", "READ", "ONLY"]) {
            true => Ok(Parsed::ReadOnly),
            false => cursor.unimplemented("this SET"),
        };
    }
    if cursor.take("COMMIT") {
        cursor.take("WORK");
        return Ok(Parsed::Commit);
    }
    cursor.expect("ROLLBACK", 900)?;
    cursor.take("WORK");
    if cursor.at_word("TO") {
        return cursor.unimplemented("a savepoint");
    }
    Ok(Parsed::Rollback)
}

fn lock_table(cursor: &mut Cursor) -> Read<Parsed> {
    cursor.expect("TABLE", 905)?;
    let table = cursor.object(903)?;
    cursor.expect("IN", 905)?;
    let exclusive = cursor.take("EXCLUSIVE");
    if !exclusive && !cursor.take_all(&["ROW", "EXCLUSIVE"]) && !cursor.take_all(&["ROW", "SHARE"]) {
        return cursor.unimplemented("this lock mode");
    }
    cursor.expect("MODE", 905)?;
    Ok(Parsed::LockTable { table, exclusive, wait: wait(cursor)? })
}

/// `[NOWAIT | WAIT n]`
pub fn wait(cursor: &mut Cursor) -> Read<Wait> {
    if cursor.take("NOWAIT") {
        return Ok(Wait::Never);
    }
    if cursor.take("WAIT") {
        let seconds = cursor.integer(30005)?;
        return Ok(Wait::Seconds(seconds.unsigned_abs()));
    }
    Ok(Wait::Forever)
}

/// `ALTER SESSION SET name = value …`
pub fn alter_session(cursor: &mut Cursor) -> Read<Parsed> {
    cursor.take_all(&["ALTER", "SESSION"]);
    if !cursor.take("SET") {
        return cursor.unimplemented("this ALTER SESSION");
    }
    let mut settings = Vec::new();
    loop {
        let name = cursor.name(2248)?;
        if !cursor.take_symbol("=") {
            return cursor.fail(927);
        }
        let value = match cursor.word() {
            Word::Name(value) | Word::Quoted(value) | Word::Text(value) | Word::Number(value) => {
                value.clone()
            }
            _ => return cursor.fail(2248),
        };
        cursor.advance();
        settings.push((name, value));
        if cursor.at_end() {
            return Ok(Parsed::AlterSession(settings));
        }
    }
}
