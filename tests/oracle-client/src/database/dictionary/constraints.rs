//! Constraints.

use super::Content;
use crate::database::catalog::{Catalog, Constraint, Kind, OnDelete, Table};

pub fn constraints(catalog: &Catalog) -> Content {
    let mut rows = Vec::new();
    for (table, constraint) in each(catalog) {
        let mut condition = String::new();
        let (mut of_owner, mut of_name, mut rule) = ("", "", "");
        let kind = match &constraint.kind {
            Kind::Primary { .. } => "P",
            Kind::Unique { .. } => "U",
            Kind::NotNull => {
                let column = constraint.columns.first().and_then(|id| table.column_by_id(*id));
                condition = column.map_or(String::new(), |column| format!("\"{}\" IS NOT NULL", column.name));
                "C"
            }
            Kind::Check { text } => {
                condition = text.clone();
                "C"
            }
            Kind::Foreign(foreign) => {
                (of_owner, of_name) = (&foreign.key.0, &foreign.key.1);
                rule = match foreign.on_delete {
                    OnDelete::Refuse => "NO ACTION",
                    OnDelete::Cascade => "CASCADE",
                    OnDelete::SetNull => "SET NULL",
                };
                "R"
            }
        };
        let index = constraint.index().and_then(|id| catalog.index_by_id(id));
        rows.push(vec![
            (&table.owner).into(),
            (&constraint.name).into(),
            kind.into(),
            (&table.name).into(),
            (&condition).into(),
            of_owner.into(),
            of_name.into(),
            rule.into(),
            "ENABLED".into(),
            if constraint.generated { "GENERATED NAME" } else { "USER NAME" }.into(),
            index.map_or("", |index| &index.owner).into(),
            index.map_or("", |index| &index.name).into(),
        ]);
    }
    let headings = &[
        ("OWNER", 128),
        ("CONSTRAINT_NAME", 128),
        ("CONSTRAINT_TYPE", 1),
        ("TABLE_NAME", 128),
        ("SEARCH_CONDITION", 4000),
        ("R_OWNER", 128),
        ("R_CONSTRAINT_NAME", 128),
        ("DELETE_RULE", 9),
        ("STATUS", 8),
        ("GENERATED", 14),
        ("INDEX_OWNER", 128),
        ("INDEX_NAME", 128),
    ];
    (headings, rows)
}

pub fn columns(catalog: &Catalog) -> Content {
    let mut rows = Vec::new();
    for (table, constraint) in each(catalog) {
        for (index, id) in constraint.columns.iter().enumerate() {
            let Some(column) = table.column_by_id(*id) else {
                continue;
            };
            let keyed = constraint.index().is_some() || matches!(constraint.kind, Kind::Foreign(_));
            rows.push(vec![
                (&table.owner).into(),
                (&constraint.name).into(),
                (&table.name).into(),
                (&column.name).into(),
                Some(index as i64 + 1).filter(|_| keyed).into(),
            ]);
        }
    }
    let headings = &[
        ("OWNER", 128),
        ("CONSTRAINT_NAME", 128),
        ("TABLE_NAME", 128),
        ("COLUMN_NAME", 4000),
        ("POSITION", 0),
    ];
    (headings, rows)
}

fn each(catalog: &Catalog) -> impl Iterator<Item = (&Table, &Constraint)> {
    catalog
        .tables
        .iter()
        .flat_map(|table| table.constraints.iter().map(move |constraint| (table, constraint)))
}
