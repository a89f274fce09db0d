//! SELECT.

use super::ast::{Expr, Item, OrderItem, Query, Wait};
use super::condition::condition;
use super::cursor::{Cursor, Read};
use super::expr::expr;
use super::source::sources;
use crate::database::read::Word;

pub fn query(cursor: &mut Cursor) -> Read<Query> {
    let mut query = select(cursor)?;
    while cursor.take_all(&["UNION", "ALL"]) {
        query.union_all.push(select(cursor)?);
    }
    for unknown in ["UNION", "INTERSECT", "MINUS", "EXCEPT"] {
        if cursor.at_word(unknown) {
            return cursor.unimplemented(unknown);
        }
    }
    order_and_limits(cursor, &mut query)?;
    Ok(query)
}

/// A SELECT as far as its GROUP BY and HAVING: what a set operator takes.
fn select(cursor: &mut Cursor) -> Read<Query> {
    let position = cursor.position();
    if cursor.at_symbol("(") {
        return cursor.unimplemented("a query in parentheses");
    }
    cursor.expect("SELECT", 928)?;
    let distinct = cursor.take("DISTINCT") || cursor.take("UNIQUE");
    if !distinct {
        cursor.take("ALL");
    }
    let items = items(cursor)?;
    cursor.expect("FROM", 923)?;
    let from = sources(cursor)?;
    let filter = if cursor.take("WHERE") { Some(condition(cursor)?) } else { None };
    let mut query = Query {
        distinct,
        items,
        from,
        filter,
        group_by: Vec::new(),
        having: None,
        union_all: Vec::new(),
        order_by: Vec::new(),
        offset: None,
        fetch: None,
        for_update: None,
        position,
    };
    grouping(cursor, &mut query)?;
    for unknown in ["CONNECT", "START", "MODEL", "WINDOW"] {
        if cursor.at_word(unknown) {
            return cursor.unimplemented(unknown);
        }
    }
    Ok(query)
}

fn items(cursor: &mut Cursor) -> Read<Vec<Item>> {
    let mut items = vec![item(cursor)?];
    let bare_star = matches!(items[0], Item::All { qualifier: None, .. });
    // A bare `*` stands alone.
    while !bare_star && cursor.take_symbol(",") {
        if cursor.at_symbol("*") {
            return cursor.fail(936);
        }
        items.push(item(cursor)?);
    }
    Ok(items)
}

fn item(cursor: &mut Cursor) -> Read<Item> {
    let position = cursor.position();
    if cursor.take_symbol("*") {
        return Ok(Item::All { qualifier: None, position });
    }
    if cursor.at_name() && *cursor.ahead(1) == Word::Symbol(".") && *cursor.ahead(2) == Word::Symbol("*") {
        let qualifier = Some(cursor.name(936)?);
        cursor.advance();
        cursor.advance();
        return Ok(Item::All { qualifier, position });
    }
    let expr = expr(cursor)?;
    let heading = heading(&expr, cursor.since(position.0));
    let alias = if cursor.take("AS") || cursor.at_name() { Some(cursor.name(923)?) } else { None };
    Ok(Item::Expr { expr, alias, heading })
}

/// A column without an alias is called as it is written, without blanks and in upper case.
fn heading(expr: &Expr, text: &str) -> String {
    match expr {
        Expr::Column { path, .. } => path.last().cloned().unwrap_or_default(),
        _ => {
            let squeezed: String = text.split_whitespace().collect();
            squeezed.to_uppercase().chars().take(128).collect()
        }
    }
}

fn grouping(cursor: &mut Cursor, query: &mut Query) -> Read<()> {
    if cursor.take("GROUP") {
        cursor.expect("BY", 924)?;
        for unknown in ["ROLLUP", "CUBE", "GROUPING"] {
            if cursor.at_word(unknown) {
                return cursor.unimplemented(unknown);
            }
        }
        query.group_by.push(expr(cursor)?);
        while cursor.take_symbol(",") {
            query.group_by.push(expr(cursor)?);
        }
    }
    if cursor.take("HAVING") {
        query.having = Some(condition(cursor)?);
    }
    Ok(())
}

fn order_and_limits(cursor: &mut Cursor, query: &mut Query) -> Read<()> {
    if cursor.take("ORDER") {
        cursor.expect("BY", 924)?;
        query.order_by.push(order_item(cursor)?);
        while cursor.take_symbol(",") {
            query.order_by.push(order_item(cursor)?);
        }
    }
    if cursor.take("OFFSET") {
        query.offset = Some(expr(cursor)?);
        if !cursor.take("ROWS") {
            cursor.expect("ROW", 905)?;
        }
    }
    if cursor.take("FETCH") {
        if !cursor.take("FIRST") {
            cursor.expect("NEXT", 905)?;
        }
        query.fetch = Some(match cursor.at_word("ROW") || cursor.at_word("ROWS") {
            true => Expr::Number("1".into()),
            false => expr(cursor)?,
        });
        if cursor.at_word("PERCENT") {
            return cursor.unimplemented("FETCH … PERCENT");
        }
        if !cursor.take("ROWS") {
            cursor.expect("ROW", 905)?;
        }
        if cursor.at_word("WITH") {
            return cursor.unimplemented("WITH TIES");
        }
        cursor.expect("ONLY", 905)?;
    }
    if cursor.take("FOR") {
        query.for_update = Some(for_update(cursor)?);
    }
    Ok(())
}

fn order_item(cursor: &mut Cursor) -> Read<OrderItem> {
    let expr = expr(cursor)?;
    let descending = cursor.take("DESC");
    if !descending {
        cursor.take("ASC");
    }
    let nulls_first = if cursor.take("NULLS") {
        let first = cursor.take("FIRST");
        if !first {
            cursor.expect("LAST", 905)?;
        }
        Some(first)
    } else {
        None
    };
    Ok(OrderItem { expr, descending, nulls_first })
}

fn for_update(cursor: &mut Cursor) -> Read<Wait> {
    cursor.expect("UPDATE", 905)?;
    if cursor.take("OF") {
        expr(cursor)?;
        while cursor.take_symbol(",") {
            expr(cursor)?;
        }
    }
    if cursor.take("SKIP") {
        cursor.expect("LOCKED", 905)?;
        return Ok(Wait::SkipLocked);
    }
    super::session::wait(cursor)
}
