//! FROM.

use super::scope::{Scope, ScopeColumn, ScopeSource};
use super::typed::Type;
use super::{Checked, Compiler};
use crate::database::ColumnType;
use crate::database::parse::ast::{JoinKind, ObjectName, Source};

/// Sources compiled: their SQL, what they offer, and the tables among them.
#[derive(Default)]
pub struct Sources {
    pub sql: String,
    pub scope: Scope,
    pub tables: Vec<u64>,
}

impl Compiler<'_> {
    pub fn sources(&mut self, sources: &[Source]) -> Checked<Sources> {
        let mut all = Sources::default();
        for source in sources {
            let one = self.source(source)?;
            if !all.sql.is_empty() {
                all.sql += " CROSS JOIN ";
            }
            all.sql += &one.sql;
            all.add(one);
        }
        Ok(all)
    }

    pub fn source(&mut self, source: &Source) -> Checked<Sources> {
        match source {
            Source::Table { name, alias } => self.named(name, alias.as_deref()),
            Source::Query { query, alias } => {
                let query = self.subquery(query)?;
                let prefix = self.next_alias();
                let columns = query.columns.iter().enumerate().map(|(index, column)| ScopeColumn {
                    name: column.name.clone(),
                    sql: format!("{prefix}.o{}", index + 1),
                    // Outside, what is NULL throughout is a text of no length.
                    kind: if column.kind == Type::Null { Type::Text } else { column.kind },
                    described: column.described,
                    nullable: column.nullable,
                });
                let source = ScopeSource { name: alias.clone(), schema: None, columns: columns.collect() };
                let scope = Scope { sources: vec![source] };
                Ok(Sources { sql: format!("({}) AS {prefix}", query.sql), scope, tables: query.tables })
            }
            Source::Join { left, right, kind, on } => {
                let mut left = self.source(left)?;
                let right = self.source(right)?;
                let word = match kind {
                    JoinKind::Inner => "INNER",
                    JoinKind::Left => "LEFT",
                    JoinKind::Right => "RIGHT",
                    JoinKind::Full => "FULL",
                    JoinKind::Cross => "CROSS",
                };
                left.sql += &format!(" {word} JOIN {}", right.sql);
                left.add(right);
                if let Some(on) = on {
                    self.scopes.push(left.scope.clone());
                    let condition = self.condition(on);
                    self.scopes.pop();
                    left.sql += &format!(" ON {}", condition?);
                }
                Ok(left)
            }
        }
    }

    fn named(&mut self, name: &ObjectName, alias: Option<&str>) -> Checked<Sources> {
        let prefix = self.next_alias();
        match self.table(name, "SELECT") {
            Ok(table) => {
                let source = ScopeSource::table(table, alias, &format!("{prefix}."));
                let sql = format!("{} AS {prefix}", table.stored());
                Ok(Sources { sql, scope: Scope { sources: vec![source] }, tables: vec![table.id] })
            }
            Err(error) if error.code == 942 => {
                let (sql, columns) = self.builtin(name).ok_or(error)?;
                let columns =
                    columns.into_iter().enumerate().map(|(index, (column, described))| ScopeColumn {
                        name: column,
                        sql: format!("{prefix}.column{}", index + 1),
                        kind: described.into(),
                        described,
                        nullable: true,
                    });
                let source = ScopeSource {
                    name: Some(alias.unwrap_or(&name.name).to_owned()),
                    schema: None,
                    columns: columns.collect(),
                };
                let scope = Scope { sources: vec![source] };
                Ok(Sources { sql: format!("({sql}) AS {prefix}"), scope, tables: Vec::new() })
            }
            Err(error) => Err(error),
        }
    }

    /// DUAL and the dictionary's views: their SQL, and their columns.
    fn builtin(&self, name: &ObjectName) -> Option<(String, Vec<(String, ColumnType)>)> {
        let schema = name.schema.as_deref();
        if name.name == "DUAL" && matches!(schema, None | Some("SYS")) {
            return Some(("VALUES ('X')".into(), vec![("DUMMY".into(), ColumnType::Varchar2(1))]));
        }
        if name.name == "NLS_DATABASE_PARAMETERS" && matches!(schema, None | Some("SYS")) {
            let rows = "VALUES ('NLS_CHARACTERSET', ora_character_set()), \
                        ('NLS_NCHAR_CHARACTERSET', 'AL16UTF16')";
            let columns = ["PARAMETER", "VALUE"].map(|name| (name.into(), ColumnType::Varchar2(160)));
            return Some((rows.into(), columns.into()));
        }
        self.dictionary_view(schema, &name.name).map(|view| (view.sql, view.columns))
    }
}

impl Sources {
    fn add(&mut self, other: Sources) {
        self.scope.sources.extend(other.scope.sources);
        self.tables.extend(other.tables);
    }
}
