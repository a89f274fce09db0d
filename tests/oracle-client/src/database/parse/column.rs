//! A column's definition.

use super::constraint;
use super::create::sequence_options;
use super::cursor::{Cursor, Read};
use super::definition::{ColumnSpec, ConstraintSpec, DefaultSpec, IdentitySpec, Rule};
use super::expr::expr;
use crate::database::catalog::DataType;

/// `name type [DEFAULT …] [GENERATED …] [constraints]`; `MODIFY` may leave the type out.
pub fn column(cursor: &mut Cursor, modify: bool) -> Read<ColumnSpec> {
    let position = cursor.position().0;
    let name = cursor.name(904)?;
    let mut column = ColumnSpec {
        name,
        kind: None,
        default: None,
        identity: None,
        null: false,
        constraints: Vec::new(),
        position,
    };
    let typeless =
        ["DEFAULT", "NOT", "NULL", "CONSTRAINT", "GENERATED", "CHECK", "UNIQUE", "PRIMARY", "REFERENCES"];
    let ends = cursor.at_symbol(")") || cursor.at_symbol(",") || cursor.at_end();
    if !(modify && (ends || typeless.iter().any(|word| cursor.at_word(word)))) {
        column.kind = Some(data_type(cursor)?);
    }
    value_source(cursor, &mut column)?;
    loop {
        if cursor.take("NULL") {
            column.null = true;
        } else if let Some(constraint) = constraint::inline(cursor, &column.name)? {
            column.constraints.push(constraint);
        } else {
            break;
        }
    }
    // An identity column is NOT NULL without being told.
    let told = column.constraints.iter().any(|constraint| matches!(constraint.rule, Rule::NotNull(_)));
    if column.identity.is_some() && !told {
        let rule = Rule::NotNull(column.name.clone());
        column.constraints.insert(0, ConstraintSpec { name: None, rule, position });
    }
    Ok(column)
}

fn value_source(cursor: &mut Cursor, column: &mut ColumnSpec) -> Read<()> {
    if cursor.take("DEFAULT") {
        let on_null = cursor.take_all(&["ON", "NULL"]);
        let start = cursor.position().0;
        let expr = expr(cursor)?;
        let text = cursor.since(start).to_owned();
        column.default = Some(DefaultSpec { expr, text, on_null });
    } else if cursor.take("GENERATED") {
        let always = cursor.take("ALWAYS");
        let mut on_null = false;
        if !always {
            cursor.expect("BY", 924)?;
            cursor.expect("DEFAULT", 905)?;
            on_null = cursor.take_all(&["ON", "NULL"]);
        }
        cursor.expect("AS", 905)?;
        if cursor.at_symbol("(") {
            return cursor.unimplemented("a virtual column");
        }
        cursor.expect("IDENTITY", 905)?;
        let (mut start, mut increment) = (1, 1);
        if cursor.take_symbol("(") {
            (start, increment) = sequence_options(cursor)?;
            cursor.close()?;
        }
        column.identity = Some(IdentitySpec { always, on_null, start, increment });
    }
    Ok(())
}

fn data_type(cursor: &mut Cursor) -> Read<DataType> {
    let position = cursor.position().0;
    let kind = match cursor.word() {
        crate::database::read::Word::Name(name) => name.clone(),
        _ => return cursor.fail(902),
    };
    cursor.advance();
    match kind.as_str() {
        "NUMBER" | "NUMERIC" | "DECIMAL" | "DEC" => number(cursor, kind == "NUMBER"),
        "INTEGER" | "INT" | "SMALLINT" => Ok(DataType::Number { precision: Some(38), scale: 0 }),
        "VARCHAR2" | "VARCHAR" => varchar2(cursor),
        "TIMESTAMP" => timestamp(cursor),
        "RAW" => raw(cursor),
        "CLOB" => Ok(DataType::Clob),
        "CHAR" | "NCHAR" | "NVARCHAR2" | "NCLOB" | "BLOB" | "BFILE" | "LONG" | "DATE" | "INTERVAL"
        | "FLOAT" | "REAL" | "DOUBLE" | "BINARY_FLOAT" | "BINARY_DOUBLE" | "ROWID" | "UROWID" | "JSON"
        | "XMLTYPE" | "CHARACTER" | "NATIONAL" => cursor.unimplemented(&format!("the type {kind}")),
        _ => Err(crate::database::messages::ora(902).at(position)),
    }
}

fn number(cursor: &mut Cursor, plain: bool) -> Read<DataType> {
    if !cursor.take_symbol("(") {
        let precision = if plain { None } else { Some(38) };
        return Ok(DataType::Number { precision, scale: 0 });
    }
    let precision = if cursor.take_symbol("*") { 38 } else { cursor.integer(1727)? };
    if !(1..=38).contains(&precision) {
        return cursor.fail(1727);
    }
    let scale = if cursor.take_symbol(",") { cursor.integer(1728)? } else { 0 };
    if !(-84..=127).contains(&scale) {
        return cursor.fail(1728);
    }
    cursor.close()?;
    Ok(DataType::Number { precision: Some(precision as u8), scale: scale as i8 })
}

fn varchar2(cursor: &mut Cursor) -> Read<DataType> {
    cursor.open()?;
    let length = cursor.integer(910)?;
    if !(1..=4000).contains(&length) {
        return cursor.fail(if length == 0 { 1723 } else { 910 });
    }
    let characters = cursor.take("CHAR");
    if !characters {
        cursor.take("BYTE");
    }
    cursor.close()?;
    Ok(DataType::Varchar2 { length: length as u16, characters })
}

fn raw(cursor: &mut Cursor) -> Read<DataType> {
    cursor.open()?;
    let length = cursor.integer(910)?;
    if !(1..=2000).contains(&length) {
        return cursor.fail(if length == 0 { 1723 } else { 910 });
    }
    cursor.close()?;
    Ok(DataType::Raw { length: length as u16 })
}

fn timestamp(cursor: &mut Cursor) -> Read<DataType> {
    let mut digits = 6;
    if cursor.take_symbol("(") {
        digits = cursor.integer(30088)?;
        if !(0..=9).contains(&digits) {
            return cursor.fail(30088);
        }
        cursor.close()?;
    }
    if !cursor.take_all(&["WITH", "TIME", "ZONE"]) {
        return cursor.unimplemented("TIMESTAMP without WITH TIME ZONE");
    }
    Ok(DataType::Timestamp { fraction: digits as u8 })
}
