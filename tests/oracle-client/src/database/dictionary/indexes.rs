//! Indexes.
//!
//! Oracle indexes a TIMESTAMP WITH TIME ZONE by a hidden column, SYS_EXTRACT_UTC of it, and shows it so.

use super::{Cell, Content};
use crate::database::catalog::{Catalog, DataType, Index, Table};

fn each(catalog: &Catalog) -> impl Iterator<Item = (&Index, &Table)> {
    catalog.indexes.iter().filter_map(|index| catalog.table_by_id(index.table).map(|table| (index, table)))
}

fn is_hidden(table: &Table, column: u64) -> bool {
    table.column_by_id(column).is_some_and(|column| matches!(column.kind, DataType::Timestamp { .. }))
}

pub fn indexes(catalog: &Catalog) -> Content {
    let rows = each(catalog).map(|(index, table)| {
        let function =
            index.columns.iter().any(|column| column.descending || is_hidden(table, column.column));
        vec![
            (&index.owner).into(),
            (&index.name).into(),
            if function { "FUNCTION-BASED NORMAL" } else { "NORMAL" }.into(),
            (&table.owner).into(),
            (&table.name).into(),
            if index.unique { "UNIQUE" } else { "NONUNIQUE" }.into(),
            "VALID".into(),
            if index.generated { "Y" } else { "N" }.into(),
        ]
    });
    let headings = &[
        ("OWNER", 128),
        ("INDEX_NAME", 128),
        ("INDEX_TYPE", 27),
        ("TABLE_OWNER", 128),
        ("TABLE_NAME", 128),
        ("UNIQUENESS", 9),
        ("STATUS", 8),
        ("GENERATED", 1),
    ];
    (headings, rows.collect())
}

pub fn columns(catalog: &Catalog) -> Content {
    let mut rows = Vec::new();
    for (index, table) in each(catalog) {
        for (position, column) in index.columns.iter().enumerate() {
            let Some(known) = table.column_by_id(column.column) else {
                continue;
            };
            let name = match is_hidden(table, column.column) {
                true => format!("SYS_NC{:05}$", hidden_number(catalog, index, table, position)),
                false => known.name.clone(),
            };
            rows.push(vec![
                (&index.owner).into(),
                (&index.name).into(),
                (&table.name).into(),
                (&name).into(),
                Cell::Number(position as i64 + 1),
                if column.descending { "DESC" } else { "ASC" }.into(),
            ]);
        }
    }
    let headings = &[
        ("INDEX_OWNER", 128),
        ("INDEX_NAME", 128),
        ("TABLE_NAME", 128),
        ("COLUMN_NAME", 4000),
        ("COLUMN_POSITION", 0),
        ("DESCEND", 4),
    ];
    (headings, rows)
}

/// Hidden columns are numbered behind the table's own, index by index.
fn hidden_number(catalog: &Catalog, index: &Index, table: &Table, position: usize) -> usize {
    let earlier = each(catalog).filter(|(other, of)| of.id == table.id && other.id < index.id);
    let hidden = |columns: &[crate::database::catalog::IndexColumn]| {
        columns.iter().filter(|column| is_hidden(table, column.column)).count()
    };
    let before: usize = earlier.map(|(other, _)| hidden(&other.columns)).sum();
    table.columns.len() + before + hidden(&index.columns[..=position])
}

pub fn expressions(catalog: &Catalog) -> Content {
    let mut rows = Vec::new();
    for (index, table) in each(catalog) {
        for (position, column) in index.columns.iter().enumerate() {
            let Some(known) = table.column_by_id(column.column).filter(|known| is_hidden(table, known.id))
            else {
                continue;
            };
            rows.push(vec![
                (&index.owner).into(),
                (&index.name).into(),
                (&table.name).into(),
                (&format!("SYS_EXTRACT_UTC(\"{}\")", known.name)).into(),
                Cell::Number(position as i64 + 1),
            ]);
        }
    }
    let headings = &[
        ("INDEX_OWNER", 128),
        ("INDEX_NAME", 128),
        ("TABLE_NAME", 128),
        ("COLUMN_EXPRESSION", 4000),
        ("COLUMN_POSITION", 0),
    ];
    (headings, rows)
}
