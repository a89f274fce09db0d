//! Indexes.
//!
//! Oracle indexes an expression by a hidden column, and so a TIMESTAMP WITH TIME ZONE by SYS_EXTRACT_UTC of it.

use super::{Cell, Content};
use crate::database::catalog::{Catalog, DataType, Index, IndexColumn, Indexed, Table};

fn each(catalog: &Catalog) -> impl Iterator<Item = (&Index, &Table)> {
    catalog.indexes.iter().filter_map(|index| catalog.table_by_id(index.table).map(|table| (index, table)))
}

/// What is indexed by a hidden column.
fn hidden(table: &Table, indexed: &IndexColumn) -> Option<String> {
    match &indexed.what {
        Indexed::Expression { text, .. } => Some(text.clone()),
        Indexed::Column(id) => {
            let column = table.column_by_id(*id)?;
            let zoned = matches!(column.kind, DataType::Timestamp { .. });
            zoned.then(|| format!("SYS_EXTRACT_UTC(\"{}\")", column.name))
        }
    }
}

pub fn indexes(catalog: &Catalog) -> Content {
    let rows = each(catalog).map(|(index, table)| {
        let function =
            index.columns.iter().any(|column| column.descending || hidden(table, column).is_some());
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
            let known = column.column().and_then(|id| table.column_by_id(id));
            let name = match (hidden(table, column), known) {
                (None, Some(known)) => known.name.clone(),
                _ => format!("SYS_NC{:05}$", hidden_number(catalog, index, table, position)),
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
    let count =
        |columns: &[IndexColumn]| columns.iter().filter(|column| hidden(table, column).is_some()).count();
    let before: usize = earlier.map(|(other, _)| count(&other.columns)).sum();
    table.columns.len() + before + count(&index.columns[..=position])
}

pub fn expressions(catalog: &Catalog) -> Content {
    let mut rows = Vec::new();
    for (index, table) in each(catalog) {
        for (position, column) in index.columns.iter().enumerate() {
            let Some(expression) = hidden(table, column) else {
                continue;
            };
            rows.push(vec![
                (&index.owner).into(),
                (&index.name).into(),
                (&table.name).into(),
                (&expression).into(),
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
