//! The shape of the catalog.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::account::Account;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// Raised by every change, so that sessions notice.
    pub version: u64,
    /// The last number given to an object.
    pub last_id: u64,
    /// The last number in a name like SYS_C008123.
    pub last_name: u64,
    pub accounts: BTreeMap<String, Account>,
    pub tables: Vec<Table>,
    pub indexes: Vec<Index>,
    pub sequences: Vec<Sequence>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    pub id: u64,
    pub owner: String,
    pub name: String,
    pub columns: Vec<Column>,
    pub constraints: Vec<Constraint>,
    /// The last number given to a column.
    pub last_column: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    pub id: u64,
    pub name: String,
    pub kind: DataType,
    pub not_null: bool,
    /// The DEFAULT's text.
    pub default: Option<String>,
    pub default_on_null: bool,
    pub identity: Option<Identity>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Identity {
    pub always: bool,
    pub on_null: bool,
    /// The id of the sequence behind it.
    pub sequence: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DataType {
    Varchar2 {
        length: u16,
        characters: bool,
    },
    Number {
        precision: Option<u8>,
        scale: i8,
    },
    Timestamp {
        fraction: u8,
    },
    /// Length in bytes.
    Raw {
        length: u16,
    },
    Clob,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Constraint {
    pub name: String,
    /// Named by the database, not by the statement.
    pub generated: bool,
    pub kind: Kind,
    pub columns: Vec<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Kind {
    Primary { index: u64 },
    Unique { index: u64 },
    NotNull,
    Check { text: String },
    Foreign(Foreign),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Foreign {
    pub table: u64,
    pub columns: Vec<u64>,
    /// The key's owner and name, which the dictionary shows.
    pub key: (String, String),
    pub on_delete: OnDelete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnDelete {
    Refuse,
    Cascade,
    SetNull,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Index {
    pub id: u64,
    pub owner: String,
    pub name: String,
    pub table: u64,
    pub columns: Vec<IndexColumn>,
    pub unique: bool,
    pub generated: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexColumn {
    pub what: Indexed,
    pub descending: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Indexed {
    Column(u64),
    /// As Oracle writes it, and the columns that it speaks of.
    Expression {
        text: String,
        columns: Vec<u64>,
    },
}

impl IndexColumn {
    /// The column, where it is no expression.
    pub fn column(&self) -> Option<u64> {
        match self.what {
            Indexed::Column(id) => Some(id),
            Indexed::Expression { .. } => None,
        }
    }

    /// Whether it is an expression of this column, among others.
    pub fn is_made_of(&self, id: u64) -> bool {
        matches!(&self.what, Indexed::Expression { columns, .. } if columns.contains(&id))
    }
}

/// Behind an identity column, and dropped with its table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sequence {
    pub id: u64,
    pub owner: String,
    pub name: String,
    pub start: i64,
    pub increment: i64,
}
