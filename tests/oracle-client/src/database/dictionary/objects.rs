//! Tables, sequences, users.

use super::{Cell, Content};
use crate::database::catalog::Catalog;

pub fn tables(catalog: &Catalog) -> Content {
    let rows = catalog.tables.iter().map(|table| {
        vec![(&table.owner).into(), (&table.name).into(), "USERS".into(), "VALID".into(), "N".into()]
    });
    (
        &[("OWNER", 128), ("TABLE_NAME", 128), ("TABLESPACE_NAME", 30), ("STATUS", 8), ("TEMPORARY", 1)],
        rows.collect(),
    )
}

pub fn objects(catalog: &Catalog) -> Content {
    let row = |owner: &String, name: &String, kind: &str, id: u64| -> Vec<Cell> {
        vec![owner.into(), name.into(), Cell::Number(70_000 + id as i64), kind.into(), "VALID".into()]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    rows.extend(catalog.tables.iter().map(|table| row(&table.owner, &table.name, "TABLE", table.id)));
    rows.extend(catalog.indexes.iter().map(|index| row(&index.owner, &index.name, "INDEX", index.id)));
    rows.extend(catalog.sequences.iter().map(|s| row(&s.owner, &s.name, "SEQUENCE", s.id)));
    (&[("OWNER", 128), ("OBJECT_NAME", 128), ("OBJECT_ID", 0), ("OBJECT_TYPE", 23), ("STATUS", 7)], rows)
}

pub fn sequences(catalog: &Catalog) -> Content {
    let rows = catalog.sequences.iter().map(|sequence| {
        vec![(&sequence.owner).into(), (&sequence.name).into(), Cell::Number(sequence.increment)]
    });
    (&[("SEQUENCE_OWNER", 128), ("SEQUENCE_NAME", 128), ("INCREMENT_BY", 0)], rows.collect())
}

pub fn users(catalog: &Catalog) -> Content {
    let rows = catalog.accounts.keys().map(|name| vec![name.into(), "OPEN".into(), "USERS".into()]);
    (&[("USERNAME", 128), ("ACCOUNT_STATUS", 32), ("DEFAULT_TABLESPACE", 30)], rows.collect())
}

pub fn table_comments(catalog: &Catalog) -> Content {
    let rows = catalog.tables.iter().map(|table| {
        let comment = table.comment.as_deref().unwrap_or("");
        vec![(&table.owner).into(), (&table.name).into(), "TABLE".into(), comment.into()]
    });
    (&[("OWNER", 128), ("TABLE_NAME", 128), ("TABLE_TYPE", 11), ("COMMENTS", 4000)], rows.collect())
}
