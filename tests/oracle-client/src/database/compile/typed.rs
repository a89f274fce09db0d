//! An expression once checked: its SQL, and what Oracle knows of its value.

use super::{Checked, inconsistent};
use crate::database::ColumnType;
use crate::value::Value;

/// What an expression's value is, as far as conversions and comparisons go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// NULL, or a bind that holds it: fits anywhere.
    Null,
    Number,
    Text,
    Timestamp,
    Interval,
    Raw,
    Clob,
}

impl Type {
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Type::Null,
            Value::Text(text) if text.is_empty() => Type::Null,
            Value::Number(_) => Type::Number,
            Value::Text(_) => Type::Text,
            Value::Timestamp(_) => Type::Timestamp,
            Value::Bytes(bytes) if bytes.is_empty() => Type::Null,
            Value::Bytes(_) => Type::Raw,
        }
    }

    /// As ORA-00932 calls it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Null | Type::Text => "CHAR",
            Type::Number => "NUMBER",
            Type::Timestamp => "TIMESTAMP WITH TIME ZONE",
            Type::Interval => "INTERVAL DAY TO SECOND",
            Type::Raw => "BINARY",
            Type::Clob => "CLOB",
        }
    }
}

impl From<ColumnType> for Type {
    fn from(described: ColumnType) -> Self {
        match described {
            ColumnType::Varchar2(_) => Type::Text,
            ColumnType::Number { .. } => Type::Number,
            ColumnType::TimestampTz { .. } => Type::Timestamp,
            ColumnType::Raw(_) => Type::Raw,
            ColumnType::Clob => Type::Clob,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Typed {
    pub sql: String,
    pub kind: Type,
    pub described: ColumnType,
    pub nullable: bool,
}

/// How an expression that is no column is described.
const NUMBER: ColumnType = ColumnType::Number { precision: None, scale: -127 };

impl Typed {
    pub fn number(sql: String) -> Self {
        Self { sql, kind: Type::Number, described: NUMBER, nullable: true }
    }

    /// `bytes`: the longest that the text can be.
    pub fn text(sql: String, bytes: usize) -> Self {
        let described = ColumnType::Varchar2(bytes.clamp(1, 4000) as u16);
        Self { sql, kind: Type::Text, described, nullable: true }
    }

    pub fn timestamp(sql: String) -> Self {
        Self {
            sql,
            kind: Type::Timestamp,
            described: ColumnType::TimestampTz { fraction: 6 },
            nullable: true,
        }
    }

    pub fn interval(sql: String) -> Self {
        Self { sql, kind: Type::Interval, described: NUMBER, nullable: true }
    }

    pub fn raw(sql: String) -> Self {
        Self { sql, kind: Type::Raw, described: ColumnType::Raw(2000), nullable: true }
    }

    pub fn clob(sql: String) -> Self {
        Self { sql, kind: Type::Clob, described: ColumnType::Clob, nullable: true }
    }

    pub fn null() -> Self {
        Self { sql: "NULL".into(), kind: Type::Null, described: ColumnType::Varchar2(1), nullable: true }
    }

    /// The most bytes that the value takes as a text.
    pub fn bytes(&self) -> usize {
        match self.described {
            ColumnType::Varchar2(length) => length.into(),
            // Two hexadecimal digits for each byte.
            ColumnType::Raw(length) => 2 * usize::from(length),
            _ => 40,
        }
    }

    /// The SQL with the collation that orders and compares values of this kind. A CLOB is not ordered.
    pub fn ordered(&self) -> Checked<String> {
        match self.kind {
            Type::Timestamp => Ok(format!("({} COLLATE ORA_UTC)", self.sql)),
            Type::Clob => Err(inconsistent("-", "CLOB")),
            _ => Ok(self.sql.clone()),
        }
    }
}
