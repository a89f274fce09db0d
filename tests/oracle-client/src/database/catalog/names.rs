//! Oracle's names and SQLite's.

use super::model::{Catalog, Column, DataType, Index, Table};
use crate::database::ColumnType;

impl Table {
    /// The table's name in SQLite: names there fold case and Oracle's do not, so numbers stand for them.
    pub fn stored(&self) -> String {
        format!("t{}", self.id)
    }

    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    pub fn column_by_id(&self, id: u64) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }
}

impl Column {
    pub fn stored(&self) -> String {
        format!("c{}", self.id)
    }

    /// Its SQLite column definition.
    pub fn stored_definition(&self) -> String {
        let kind = match self.kind {
            DataType::Varchar2 { .. } | DataType::Clob => "TEXT",
            DataType::Number { .. } | DataType::Raw { .. } => "BLOB",
            DataType::Timestamp { .. } => "TEXT COLLATE ORA_UTC",
        };
        format!("{} {kind}", self.stored())
    }
}

impl Index {
    pub fn stored(&self) -> String {
        format!("i{}", self.id)
    }
}

impl DataType {
    pub fn described(self) -> ColumnType {
        match self {
            DataType::Varchar2 { length, characters: false } => ColumnType::Varchar2(length),
            DataType::Varchar2 { length, characters: true } => {
                ColumnType::Varchar2(length.saturating_mul(4).min(4000))
            }
            DataType::Number { precision: None, .. } => ColumnType::Number { precision: None, scale: -127 },
            DataType::Number { precision, scale } => ColumnType::Number { precision, scale },
            DataType::Timestamp { fraction } => ColumnType::TimestampTz { fraction },
            DataType::Raw { length } => ColumnType::Raw(length),
            DataType::Clob => ColumnType::Clob,
        }
    }
}

impl Catalog {
    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// A name for a constraint or index that was given none.
    pub fn system_name(&mut self) -> String {
        self.last_name += 1;
        format!("SYS_C{:06}", 8100 + self.last_name)
    }
}
