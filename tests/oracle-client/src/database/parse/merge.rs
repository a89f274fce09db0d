//! MERGE, in its common form.

use super::ast::{Merge, MergeInsert};
use super::condition::condition;
use super::cursor::{Cursor, Read};
use super::dml::{assignments, column_list, values};
use super::source::{alias, source};

pub fn merge(cursor: &mut Cursor) -> Read<Merge> {
    cursor.advance();
    cursor.expect("INTO", 925)?;
    let table = cursor.object(903)?;
    let alias = alias(cursor)?;
    cursor.expect("USING", 905)?;
    let source = source(cursor)?;
    cursor.expect("ON", 969)?;
    cursor.open()?;
    let on = condition(cursor)?;
    cursor.close()?;
    let mut merge = Merge { table, alias, source, on, update: None, insert: None };
    while cursor.take("WHEN") {
        let matched = !cursor.take("NOT");
        cursor.expect("MATCHED", 905)?;
        cursor.expect("THEN", 905)?;
        if matched {
            cursor.expect("UPDATE", 905)?;
            cursor.expect("SET", 971)?;
            let assignments = assignments(cursor)?;
            merge.update = Some((assignments, filter(cursor)?));
            if cursor.at_word("DELETE") {
                return cursor.unimplemented("MERGE … DELETE");
            }
        } else {
            cursor.expect("INSERT", 905)?;
            let columns = if cursor.at_symbol("(") { column_list(cursor)? } else { Vec::new() };
            cursor.expect("VALUES", 926)?;
            let values = values(cursor)?;
            merge.insert = Some(MergeInsert { columns, values, filter: filter(cursor)? });
        }
    }
    if merge.update.is_none() && merge.insert.is_none() {
        return cursor.fail(905);
    }
    Ok(merge)
}

fn filter(cursor: &mut Cursor) -> Read<Option<super::ast::Condition>> {
    if cursor.take("WHERE") { condition(cursor).map(Some) } else { Ok(None) }
}
