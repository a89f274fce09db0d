//! New constraints.

use super::{Defined, Definer};
use crate::database::catalog::{Constraint, DataType, IndexColumn, Kind, Table};
use crate::database::compile::label;
use crate::database::messages::ora;
use crate::database::parse::ast::{Expr, ObjectName};
use crate::database::parse::definition::{ConstraintSpec, IndexSpec, Rule, Using};
use crate::error::OracleError;

impl ConstraintSpec {
    pub fn is_foreign(&self) -> bool {
        matches!(self.rule, Rule::Foreign { .. })
    }
}

impl Definer<'_> {
    pub fn add_constraint(&mut self, table: u64, spec: &ConstraintSpec) -> Defined {
        let table = self.catalog.table_by_id(table).cloned().ok_or_else(|| ora(942))?;
        let generated = spec.name.is_none();
        let name = match &spec.name {
            Some(name) if self.catalog.constraint_name_taken(&table.owner, name) => {
                return Err(ora(2264).at(spec.position));
            }
            Some(name) => name.clone(),
            None => self.catalog.system_name(),
        };
        let added = match &spec.rule {
            Rule::NotNull(column) => self.not_null(&table, column).map(|columns| (Kind::NotNull, columns)),
            Rule::Key { primary, columns, using } => {
                self.key(&table, &name, generated, *primary, columns, using)
            }
            Rule::Check(text) => self.check(&table, &name, text),
            Rule::Foreign { .. } => self.foreign(&table, &name, &spec.rule),
        };
        let (kind, columns) = added.map_err(|error| error.at(spec.position))?;
        if let Some(table) = self.catalog.table_mut(table.id) {
            table.constraints.push(Constraint { name, generated, kind, columns });
        }
        Ok(())
    }

    /// The ids of columns named in a constraint.
    pub fn column_ids(&self, table: &Table, names: &[String]) -> Result<Vec<u64>, OracleError> {
        let mut ids = Vec::new();
        for name in names {
            let missing = || OracleError::new(904, format_args!("\"{name}\": invalid identifier"));
            let id = table.column(name).ok_or_else(missing)?.id;
            if ids.contains(&id) {
                return Err(ora(957));
            }
            ids.push(id);
        }
        Ok(ids)
    }

    fn not_null(&mut self, table: &Table, column: &str) -> Result<Vec<u64>, OracleError> {
        let ids = self.column_ids(table, &[column.to_owned()])?;
        if self.finds(&format!("SELECT 1 FROM {} WHERE c{} IS NULL", table.stored(), ids[0]))? {
            let text = format_args!("cannot enable ({}.{column}) - null values found", table.owner);
            return Err(OracleError::new(2296, text));
        }
        self.set_not_null(table.id, &ids, true);
        Ok(ids)
    }

    pub fn set_not_null(&mut self, table: u64, columns: &[u64], not_null: bool) {
        if let Some(table) = self.catalog.table_mut(table) {
            let named = table.columns.iter_mut().filter(|column| columns.contains(&column.id));
            named.for_each(|column| column.not_null = not_null);
        }
    }

    fn key(
        &mut self,
        table: &Table,
        name: &str,
        generated: bool,
        primary: bool,
        columns: &[String],
        using: &Option<Using>,
    ) -> Result<(Kind, Vec<u64>), OracleError> {
        let ids = self.column_ids(table, columns)?;
        let timestamps = |id: &u64| {
            table.column_by_id(*id).is_some_and(|column| matches!(column.kind, DataType::Timestamp { .. }))
        };
        if ids.iter().any(timestamps) {
            return Err(ora(2329));
        }
        if ids.iter().any(|id| table.column_by_id(*id).is_some_and(|column| column.kind == DataType::Clob)) {
            return Err(OracleError::new(2329, "column of datatype LOB cannot be unique or a primary key"));
        }
        if primary && table.constraints.iter().any(Constraint::is_primary) {
            return Err(ora(2260));
        }
        if table.constraints.iter().any(|known| known.index().is_some() && known.columns == ids) {
            return Err(ora(2261));
        }
        if primary {
            for id in &ids {
                if self.finds(&format!("SELECT 1 FROM {} WHERE c{id} IS NULL", table.stored()))? {
                    return Err(OracleError::new(
                        1449,
                        "column contains NULL values; cannot alter to NOT NULL",
                    ));
                }
            }
            self.set_not_null(table.id, &ids, true);
        }
        let index = self.key_index(table, name, generated, columns, &ids, using)?;
        Ok((if primary { Kind::Primary { index } } else { Kind::Unique { index } }, ids))
    }

    /// The index behind a key: the one given, one that is there already, or a new one of the constraint's name.
    fn key_index(
        &mut self,
        table: &Table,
        name: &str,
        generated: bool,
        columns: &[String],
        ids: &[u64],
        using: &Option<Using>,
    ) -> Result<u64, OracleError> {
        let covers = |indexed: &[IndexColumn]| {
            indexed.iter().map(IndexColumn::column).eq(ids.iter().copied().map(Some))
        };
        let unusable =
            || OracleError::new(14196, "Specified index cannot be used to enforce the constraint.");
        match using {
            Some(Using::Create(spec)) => {
                let id = self.create_index(spec)?;
                let index = self.catalog.index_by_id(id).ok_or_else(|| ora(1418))?;
                if index.table != table.id || !covers(&index.columns) {
                    return Err(unusable());
                }
                self.make_unique(id)?;
                return Ok(id);
            }
            Some(Using::Existing(named)) => {
                let owner = named.schema.as_deref().unwrap_or(&table.owner);
                let index = self.catalog.index(owner, &named.name).ok_or_else(|| ora(1418))?;
                if index.table != table.id || !covers(&index.columns) {
                    return Err(unusable());
                }
                let id = index.id;
                self.make_unique(id)?;
                return Ok(id);
            }
            None => {}
        }
        let there =
            self.catalog.indexes.iter().find(|index| index.table == table.id && covers(&index.columns));
        if let Some(id) = there.map(|index| index.id) {
            self.make_unique(id)?;
            return Ok(id);
        }
        let object = |name: &str| ObjectName {
            schema: Some(table.owner.clone()),
            name: name.to_owned(),
            position: Default::default(),
        };
        let spec = IndexSpec {
            name: object(name),
            table: object(&table.name),
            columns: columns.iter().map(|column| (Expr::named(column), false)).collect(),
            unique: true,
        };
        let id = self.create_index(&spec).map_err(|error| match error.code {
            1452 => duplicates(&table.owner, name),
            _ => error,
        })?;
        if let Some(index) = self.catalog.indexes.iter_mut().find(|index| index.id == id) {
            index.generated = generated;
        }
        Ok(id)
    }

    fn check(&mut self, table: &Table, name: &str, text: &str) -> Result<(Kind, Vec<u64>), OracleError> {
        let sql = self.compiler().check_condition(table, text)?;
        // Which columns the condition speaks of: those without which it makes no sense.
        let mut columns = Vec::new();
        for column in &table.columns {
            let mut without = table.clone();
            without.columns.retain(|other| other.id != column.id);
            if self.compiler().check_condition(&without, text).is_err() {
                columns.push(column.id);
            }
        }
        let constraint = Constraint {
            name: name.to_owned(),
            generated: false,
            kind: Kind::Check { text: text.to_owned() },
            columns,
        };
        if self.finds(&format!("SELECT 1 FROM {} WHERE NOT {sql}", table.stored()))? {
            let text =
                format_args!("cannot validate ({}) - check constraint violated", label(table, &constraint));
            return Err(OracleError::new(2293, text));
        }
        Ok((constraint.kind, constraint.columns))
    }
}

/// A key cannot be made over rows that are the same in it.
pub fn duplicates(owner: &str, name: &str) -> OracleError {
    OracleError::new(2299, format_args!("cannot validate ({owner}.{name}) - duplicate keys found"))
}
