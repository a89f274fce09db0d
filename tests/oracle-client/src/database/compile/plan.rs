//! What executing needs to know of a compiled statement.

use super::checks::RowCheck;
use super::typed::Type;
use crate::database::Column;
use crate::database::parse::ast::Wait;

#[derive(Debug)]
pub enum Plan {
    Query(QueryPlan),
    Change(Change),
    Merge(MergePlan),
}

#[derive(Debug)]
pub struct QueryPlan {
    pub sql: String,
    pub columns: Vec<Column>,
    pub for_update: Option<Wait>,
    /// The tables that FOR UPDATE locks rows of, by id.
    pub tables: Vec<u64>,
}

/// INSERT, UPDATE or DELETE. The SQL returns, for each row, SQLite's rowid, then the old values of `keys` (DELETE),
/// then the RETURNING expressions.
#[derive(Debug)]
pub struct Change {
    pub table: u64,
    pub sql: String,
    pub deletes: bool,
    /// Oracle looks at keys when all rows are changed, SQLite after each.
    pub updates: bool,
    /// What each row must then pass.
    pub checks: Vec<RowCheck>,
    /// Referenced columns whose old values are needed to look for children.
    pub keys: Vec<u64>,
    /// For an UPDATE of referenced columns: gives their values before it.
    pub before: Option<String>,
    /// What turns stored values into those for the client.
    pub returning: Vec<Type>,
}

#[derive(Debug)]
pub struct MergePlan {
    pub update: Option<Change>,
    pub insert: Option<Change>,
    /// Counts target rows that more than one source row matches.
    pub unstable: String,
}
