//! DDL as read.

use super::ast::{Expr, ObjectName};
use crate::database::catalog::{DataType, OnDelete};

#[derive(Debug, Clone, PartialEq)]
pub enum Definition {
    CreateTable {
        name: ObjectName,
        columns: Vec<ColumnSpec>,
        constraints: Vec<ConstraintSpec>,
    },
    CreateIndex(IndexSpec),
    DropTable {
        name: ObjectName,
        cascade: bool,
    },
    DropIndex(ObjectName),
    AlterTable {
        name: ObjectName,
        changes: Vec<Change>,
    },
    CreateUser {
        name: String,
        password: String,
        quota: bool,
    },
    /// System privileges or roles.
    Grant {
        privileges: Vec<String>,
        to: Vec<String>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    AddColumn(ColumnSpec),
    AddConstraint(ConstraintSpec),
    DropColumns(Vec<String>),
    DropConstraint { name: String, cascade: bool },
    DropPrimaryKey { cascade: bool },
    Modify(ColumnSpec),
    RenameColumn { from: String, to: String },
    RenameTable(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSpec {
    pub name: String,
    /// `None`: only in `MODIFY`.
    pub kind: Option<DataType>,
    pub default: Option<DefaultSpec>,
    pub identity: Option<IdentitySpec>,
    /// An explicit `NULL` of `MODIFY`.
    pub null: bool,
    pub constraints: Vec<ConstraintSpec>,
    pub position: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DefaultSpec {
    pub expr: Expr,
    pub text: String,
    pub on_null: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct IdentitySpec {
    pub always: bool,
    pub on_null: bool,
    pub start: i64,
    pub increment: i64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ConstraintSpec {
    pub name: Option<String>,
    pub rule: Rule,
    pub position: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    NotNull(String),
    Key {
        primary: bool,
        columns: Vec<String>,
        using: Option<Using>,
    },
    /// The condition's text.
    Check(String),
    Foreign {
        columns: Vec<String>,
        table: ObjectName,
        referenced: Vec<String>,
        on_delete: OnDelete,
    },
}

/// `USING INDEX …`.
#[derive(Debug, Clone, PartialEq)]
pub enum Using {
    Existing(ObjectName),
    Create(IndexSpec),
}

#[derive(Debug, Clone, PartialEq)]
pub struct IndexSpec {
    pub name: ObjectName,
    pub table: ObjectName,
    /// Columns and expressions, each with whether it is descending.
    pub columns: Vec<(Expr, bool)>,
    pub unique: bool,
}
