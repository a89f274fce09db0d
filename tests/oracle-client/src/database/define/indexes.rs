//! CREATE INDEX.

use super::constraints::duplicates;
use super::{Defined, Definer};
use crate::database::catalog::{Index, IndexColumn, Indexed, Table};
use crate::database::execute::failure;
use crate::database::messages::ora;
use crate::database::parse::definition::IndexSpec;
use crate::error::OracleError;

impl Definer<'_> {
    /// Makes the index and gives its id.
    pub fn create_index(&mut self, spec: &IndexSpec) -> Result<u64, OracleError> {
        let table = self.table(&spec.table, "INDEX")?;
        let owner = spec.name.schema.clone().unwrap_or_else(|| self.schema.to_owned());
        self.require(&owner, "", "CREATE ANY INDEX")?;
        if self.catalog.index(&owner, &spec.name.name).is_some() {
            return Err(ora(955).at(spec.name.position.0));
        }
        let mut columns: Vec<IndexColumn> = Vec::new();
        for (expr, descending) in &spec.columns {
            let what = self.indexed(&table, expr)?;
            if columns.iter().any(|column| matches!(what, Indexed::Column(_)) && column.what == what) {
                return Err(ora(957));
            }
            columns.push(IndexColumn { what, descending: *descending });
        }
        if self.catalog.indexes.iter().any(|index| index.table == table.id && index.columns == columns) {
            return Err(ora(1408).at(spec.table.position.0));
        }
        let index = Index {
            id: self.catalog.next_id(),
            owner,
            name: spec.name.name.clone(),
            table: table.id,
            columns,
            unique: spec.unique,
            generated: false,
        };
        self.build(&table, &index, spec.unique)?;
        let id = index.id;
        self.catalog.indexes.push(index);
        Ok(id)
    }

    /// SQLite's index is made anew so that it refuses duplicates; a key may stand on an index that Oracle calls
    /// non-unique.
    pub fn make_unique(&self, id: u64) -> Defined {
        let index = self.catalog.index_by_id(id).ok_or_else(|| ora(1418))?;
        if index.unique {
            return Ok(());
        }
        let table = self.catalog.table_by_id(index.table).ok_or_else(|| ora(942))?;
        self.sql(&format!("DROP INDEX {}", index.stored()))?;
        self.build(table, index, true)
    }

    fn build(&self, table: &Table, index: &Index, unique: bool) -> Defined {
        let word = if unique { "UNIQUE " } else { "" };
        let mut columns = Vec::new();
        let mut all_null = Vec::new();
        let nullable = |column: &IndexColumn| {
            column.column().and_then(|id| table.column_by_id(id)).is_none_or(|column| !column.not_null)
        };
        // Two keys that are NULL in part and else the same are duplicates to Oracle, and never to SQLite.
        let partial = unique && index.columns.len() > 1 && index.columns.iter().any(nullable);
        for IndexColumn { what, descending } in &index.columns {
            let direction = if *descending { " DESC" } else { "" };
            let key = match what {
                Indexed::Column(id) => format!("c{id}"),
                Indexed::Expression { text, .. } => self.compiler().index_expression(table, text)?.sql,
            };
            columns.push(match partial {
                true => format!("coalesce({key}, 0){direction}"),
                false => format!("{key}{direction}"),
            });
            all_null.push(format!("{key} IS NULL"));
        }
        let filter = if partial { format!(" WHERE NOT ({})", all_null.join(" AND ")) } else { String::new() };
        let (stored, on) = (index.stored(), table.stored());
        let sql = format!("CREATE {word}INDEX {stored} ON {on} ({}){filter}", columns.join(", "));
        self.connection.execute_batch(&sql).map_err(|error| {
            if !failure::message(&error).starts_with("UNIQUE constraint failed") {
                return failure::oracle(&error);
            }
            // An index that is not unique itself is made so for a key.
            match index.unique {
                false => duplicates(&index.owner, &index.name),
                true => OracleError::new(1452, "cannot CREATE UNIQUE INDEX; duplicate keys found"),
            }
        })
    }
}
