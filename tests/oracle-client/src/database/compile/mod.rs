//! From the tree to SQLite's SQL, checking every name and type against the catalog on the way.

mod calls;
mod checks;
mod compare;
mod compound;
mod convert;
mod delete;
mod expr;
mod fit;
mod grouping;
mod insert;
mod merge;
mod plan;
mod query;
mod scope;
mod sources;
mod tables;
mod typed;
mod update;

use super::catalog::Catalog;
use super::dictionary;
use super::messages::ora;
use crate::error::OracleError;

pub use checks::{RowCheck, label};
pub use expr::blob;
pub use plan::{Change, MergePlan, Plan, QueryPlan};
pub use scope::Scope;
pub use typed::Type;

pub type Checked<T> = Result<T, OracleError>;

/// What a statement is compiled against.
pub struct Compiler<'a> {
    pub catalog: &'a Catalog,
    pub user: &'a str,
    /// Where names without a schema are looked for.
    pub schema: &'a str,
    /// The binds by name, in the order of SQLite's parameters, with the types of their present values.
    pub binds: &'a [(String, Type)],
    scopes: Vec<Scope>,
    aliases: usize,
    /// Whether COUNT and its like may stand where we are.
    aggregates: bool,
}

impl<'a> Compiler<'a> {
    pub fn new(catalog: &'a Catalog, user: &'a str, schema: &'a str, binds: &'a [(String, Type)]) -> Self {
        Self { catalog, user, schema, binds, scopes: Vec::new(), aliases: 0, aggregates: false }
    }

    /// A name for a source in the generated SQL.
    fn next_alias(&mut self) -> String {
        self.aliases += 1;
        format!("a{}", self.aliases)
    }

    fn dictionary_view(&self, schema: Option<&str>, name: &str) -> Option<dictionary::View> {
        match schema {
            None | Some("SYS") => dictionary::view(self.catalog, self.user, name),
            Some(_) => None,
        }
    }
}

fn invalid_identifier(path: &[String]) -> OracleError {
    let quoted: Vec<String> = path.iter().map(|part| format!("\"{part}\"")).collect();
    OracleError::new(904, format_args!("{}: invalid identifier", quoted.join(".")))
}

fn inconsistent(expected: &str, got: &str) -> OracleError {
    OracleError::new(932, format_args!("inconsistent datatypes: expected {expected} got {got}"))
}

/// A text as SQLite's literal.
pub fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn one_of<T>(mut found: impl Iterator<Item = T>) -> Checked<Option<T>> {
    let first = found.next();
    match found.next() {
        Some(_) => Err(ora(918)),
        None => Ok(first),
    }
}
