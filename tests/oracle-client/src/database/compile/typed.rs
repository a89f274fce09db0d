//! An expression once checked: its SQL, and what Oracle knows of its value.

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
}

impl Type {
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Type::Null,
            Value::Text(text) if text.is_empty() => Type::Null,
            Value::Number(_) => Type::Number,
            Value::Text(_) => Type::Text,
            Value::Timestamp(_) => Type::Timestamp,
        }
    }

    /// As ORA-00932 calls it.
    pub fn name(self) -> &'static str {
        match self {
            Type::Null | Type::Text => "CHAR",
            Type::Number => "NUMBER",
            Type::Timestamp => "TIMESTAMP WITH TIME ZONE",
            Type::Interval => "INTERVAL DAY TO SECOND",
        }
    }
}

impl From<ColumnType> for Type {
    fn from(described: ColumnType) -> Self {
        match described {
            ColumnType::Varchar2(_) => Type::Text,
            ColumnType::Number { .. } => Type::Number,
            ColumnType::TimestampTz { .. } => Type::Timestamp,
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

    pub fn null() -> Self {
        Self { sql: "NULL".into(), kind: Type::Null, described: ColumnType::Varchar2(1), nullable: true }
    }

    /// The most bytes that the value takes as a text.
    pub fn bytes(&self) -> usize {
        match self.described {
            ColumnType::Varchar2(length) => length.into(),
            _ => 40,
        }
    }

    /// The SQL with the collation that orders and compares values of this kind.
    pub fn ordered(&self) -> String {
        match self.kind {
            Type::Timestamp => format!("({} COLLATE ORA_UTC)", self.sql),
            _ => self.sql.clone(),
        }
    }
}
