//! Statements as read, before any name in them is looked up.

use super::definition::Definition;
use crate::value::Timestamp;

/// Where in the text something stands. Two readings of the same thing are equal wherever they stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Position(pub usize);

impl PartialEq for Position {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// `[schema.]name`.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectName {
    pub schema: Option<String>,
    pub name: String,
    pub position: Position,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    Query(Box<Query>),
    Insert(Insert),
    Update(Update),
    Delete(Delete),
    Merge(Box<Merge>),
    LockTable {
        table: ObjectName,
        exclusive: bool,
        wait: Wait,
    },
    Commit,
    Rollback,
    /// SET TRANSACTION READ ONLY.
    ReadOnly,
    /// DDL and its like: commits before and after itself.
    Definition(Definition),
    /// `ALTER SESSION SET name = value`, in pairs.
    AlterSession(Vec<(String, String)>),
}

/// How long to wait for another session's lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    Forever,
    Seconds(u64),
    Never,
    SkipLocked,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub distinct: bool,
    pub items: Vec<Item>,
    pub from: Vec<Source>,
    pub filter: Option<Condition>,
    pub group_by: Vec<Expr>,
    pub having: Option<Condition>,
    /// What UNION ALL adds. Order, row limits and FOR UPDATE are then those of the whole, and these have none.
    pub union_all: Vec<Query>,
    pub order_by: Vec<OrderItem>,
    pub offset: Option<Expr>,
    pub fetch: Option<Expr>,
    pub for_update: Option<Wait>,
    pub position: Position,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `*` or `alias.*`.
    All { qualifier: Option<String>, position: Position },
    /// `heading` is the column's name where no alias is given.
    Expr { expr: Expr, alias: Option<String>, heading: String },
}

#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    Table { name: ObjectName, alias: Option<String> },
    Query { query: Box<Query>, alias: Option<String> },
    Join { left: Box<Source>, right: Box<Source>, kind: JoinKind, on: Option<Condition> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
    Full,
    Cross,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    pub expr: Expr,
    pub descending: bool,
    pub nulls_first: Option<bool>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Null,
    Text(String),
    Number(String),
    Timestamp(Timestamp),
    /// Day to second, in nanoseconds.
    Interval(i64),
    Bind(String),
    /// `[[schema.]table.]name`: the qualifiers, then the name.
    Column {
        path: Vec<String>,
        position: Position,
    },
    Negate(Box<Expr>),
    Binary {
        operator: Operator,
        left: Box<Expr>,
        right: Box<Expr>,
        position: Position,
    },
    Call(Call),
    Case {
        operand: Option<Box<Expr>>,
        whens: Vec<(Condition, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Subquery(Box<Query>),
    /// `DEFAULT` as a value to be inserted or assigned.
    Default,
}

impl Expr {
    /// The column of that name.
    pub fn named(name: &str) -> Self {
        Expr::Column { path: vec![name.to_owned()], position: Position::default() }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<Expr>,
    pub distinct: bool,
    /// `COUNT(*)`.
    pub star: bool,
    pub position: Position,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Concat,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    Compare { operator: &'static str, left: Expr, right: Expr, position: Position },
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    IsNull { expr: Expr, negated: bool },
    In { expr: Expr, list: Vec<Expr>, negated: bool },
    InQuery { expr: Expr, query: Box<Query>, negated: bool },
    Between { expr: Expr, low: Expr, high: Expr, negated: bool },
    Like { expr: Expr, pattern: Expr, escape: Option<Expr>, negated: bool },
    Exists(Box<Query>),
}

/// `RETURNING exprs INTO :binds`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Returning {
    pub exprs: Vec<Expr>,
    pub binds: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Insert {
    pub table: ObjectName,
    pub alias: Option<String>,
    pub columns: Vec<(String, Position)>,
    pub rows: InsertRows,
    pub returning: Returning,
}

#[derive(Debug, Clone, PartialEq)]
pub enum InsertRows {
    Values(Vec<Expr>),
    Query(Box<Query>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    pub table: ObjectName,
    pub alias: Option<String>,
    pub assignments: Vec<Assignment>,
    pub filter: Option<Condition>,
    pub returning: Returning,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// Qualifiers, then the column's name.
    pub path: Vec<String>,
    pub value: Expr,
    pub position: Position,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Delete {
    pub table: ObjectName,
    pub alias: Option<String>,
    pub filter: Option<Condition>,
    pub returning: Returning,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    pub table: ObjectName,
    pub alias: Option<String>,
    pub source: Source,
    pub on: Condition,
    pub update: Option<(Vec<Assignment>, Option<Condition>)>,
    pub insert: Option<MergeInsert>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MergeInsert {
    pub columns: Vec<(String, Position)>,
    pub values: Vec<Expr>,
    pub filter: Option<Condition>,
}
