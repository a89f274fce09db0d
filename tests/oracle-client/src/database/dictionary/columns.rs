//! Columns.

use super::{Cell, Content, yes_no};
use crate::database::catalog::{Catalog, Column, DataType, Table};

pub fn columns(catalog: &Catalog) -> Content {
    let headings = &[
        ("OWNER", 128),
        ("TABLE_NAME", 128),
        ("COLUMN_NAME", 128),
        ("DATA_TYPE", 128),
        ("DATA_LENGTH", 0),
        ("DATA_PRECISION", 0),
        ("DATA_SCALE", 0),
        ("NULLABLE", 1),
        ("COLUMN_ID", 0),
        ("DATA_DEFAULT", 4000),
        ("DEFAULT_LENGTH", 0),
        ("CHAR_LENGTH", 0),
        ("CHAR_USED", 1),
        ("DEFAULT_ON_NULL", 3),
        ("IDENTITY_COLUMN", 3),
    ];
    let rows = each(catalog, |table, column, position| {
        let (kind, length, precision, scale) = described(column.kind);
        let default = default(catalog, column);
        let (characters, used) = match column.kind {
            DataType::Varchar2 { length, characters } => {
                (i64::from(length), if characters { "C" } else { "B" })
            }
            _ => (0, ""),
        };
        vec![
            (&table.owner).into(),
            (&table.name).into(),
            (&column.name).into(),
            (&kind).into(),
            Cell::Number(length),
            precision.into(),
            scale.into(),
            if column.not_null { "N" } else { "Y" }.into(),
            Cell::Number(position),
            (&default).into(),
            if default.is_empty() { Cell::Null } else { Cell::Number(default.len() as i64) },
            Cell::Number(characters),
            used.into(),
            yes_no(
                column.default_on_null || column.identity.as_ref().is_some_and(|identity| identity.on_null),
            ),
            yes_no(column.identity.is_some()),
        ]
    });
    (headings, rows)
}

fn each(catalog: &Catalog, row: impl Fn(&Table, &Column, i64) -> Vec<Cell>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for table in &catalog.tables {
        for (index, column) in table.columns.iter().enumerate() {
            rows.push(row(table, column, index as i64 + 1));
        }
    }
    rows
}

/// DATA_TYPE, DATA_LENGTH, DATA_PRECISION, DATA_SCALE.
fn described(kind: DataType) -> (String, i64, Option<i64>, Option<i64>) {
    match kind {
        DataType::Varchar2 { length, characters } => {
            let bytes = if characters { (i64::from(length) * 4).min(4000) } else { length.into() };
            ("VARCHAR2".into(), bytes, None, None)
        }
        DataType::Number { precision: None, .. } => ("NUMBER".into(), 22, None, None),
        DataType::Number { precision, scale } => {
            ("NUMBER".into(), 22, precision.map(i64::from), Some(scale.into()))
        }
        DataType::Raw { length } => ("RAW".into(), length.into(), None, None),
        DataType::Clob => ("CLOB".into(), 4000, None, None),
        DataType::Timestamp { fraction } => {
            (format!("TIMESTAMP({fraction}) WITH TIME ZONE"), 13, None, Some(fraction.into()))
        }
    }
}

/// An identity column's default is its sequence's next value.
fn default(catalog: &Catalog, column: &Column) -> String {
    match &column.identity {
        Some(identity) => catalog.sequence_by_id(identity.sequence).map_or(String::new(), |sequence| {
            format!("\"{}\".\"{}\".nextval", sequence.owner, sequence.name)
        }),
        None => column.default.clone().unwrap_or_default(),
    }
}
