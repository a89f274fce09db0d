//! The columns that a name can mean, query by query.

use super::typed::{Type, Typed};
use super::{Checked, Compiler, invalid_identifier, one_of};
use crate::database::ColumnType;
use crate::database::catalog::Table;

/// One query's sources; subqueries look into the scopes around them too.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub sources: Vec<ScopeSource>,
}

#[derive(Debug, Clone)]
pub struct ScopeSource {
    /// What columns may be qualified with: the alias, else the table's name.
    pub name: Option<String>,
    /// The schema that may stand before the name, where there is no alias.
    pub schema: Option<String>,
    pub columns: Vec<ScopeColumn>,
}

#[derive(Debug, Clone)]
pub struct ScopeColumn {
    pub name: String,
    pub sql: String,
    pub kind: Type,
    pub described: ColumnType,
    pub nullable: bool,
}

impl ScopeColumn {
    pub fn typed(&self) -> Typed {
        Typed { sql: self.sql.clone(), kind: self.kind, described: self.described, nullable: self.nullable }
    }
}

impl ScopeSource {
    /// A table, whose columns are called `prefix` and their stored name in the generated SQL.
    pub fn table(table: &Table, alias: Option<&str>, prefix: &str) -> Self {
        let columns = table.columns.iter().map(|column| ScopeColumn {
            name: column.name.clone(),
            sql: format!("{prefix}{}", column.stored()),
            kind: column.kind.described().into(),
            described: column.kind.described(),
            nullable: !column.not_null,
        });
        Self {
            name: Some(alias.unwrap_or(&table.name).to_owned()),
            schema: if alias.is_none() { Some(table.owner.clone()) } else { None },
            columns: columns.collect(),
        }
    }

    fn answers_to(&self, qualifiers: &[String]) -> bool {
        match qualifiers {
            [] => true,
            [name] => self.name.as_ref() == Some(name),
            [schema, name] => self.name.as_ref() == Some(name) && self.schema.as_ref() == Some(schema),
            _ => false,
        }
    }
}

impl Scope {
    fn find(&self, path: &[String]) -> Checked<Option<&ScopeColumn>> {
        let Some((name, qualifiers)) = path.split_last() else {
            return Ok(None);
        };
        let sources = self.sources.iter().filter(|source| source.answers_to(qualifiers));
        one_of(sources.flat_map(|source| source.columns.iter().filter(|column| column.name == *name)))
    }
}

impl Compiler<'_> {
    /// The column in the innermost scope that has it.
    pub fn column(&self, path: &[String]) -> Checked<Typed> {
        for scope in self.scopes.iter().rev() {
            if let Some(column) = scope.find(path)? {
                return Ok(column.typed());
            }
        }
        Err(invalid_identifier(path))
    }

    /// Whether the innermost scope itself has the column.
    pub fn is_local(&self, path: &[String]) -> bool {
        self.scopes.last().is_some_and(|scope| scope.find(path).is_ok_and(|found| found.is_some()))
    }
}
