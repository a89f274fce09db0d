//! SELECT.

use super::plan::QueryPlan;
use super::scope::Scope;
use super::typed::{Type, Typed};
use super::{Checked, Compiler, grouping, inconsistent, invalid_identifier};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::ast::{Expr, Item, OrderItem, Query};
use crate::database::{Column, ColumnType};

/// A query compiled. Its columns are called `o1`, `o2`, … in the SQL.
pub struct Compiled {
    pub sql: String,
    pub columns: Vec<OutColumn>,
    pub tables: Vec<u64>,
}

#[derive(Clone)]
pub struct OutColumn {
    pub name: String,
    pub kind: Type,
    pub described: ColumnType,
    pub nullable: bool,
    sql: String,
    source: Option<Expr>,
}

impl Compiler<'_> {
    pub fn query_plan(&mut self, query: &Query) -> Checked<QueryPlan> {
        if query.for_update.is_some() {
            if query.distinct || !query.union_all.is_empty() || grouping::aggregates(query) {
                return Err(ora(1786).at(query.position.0));
            }
            if query.fetch.is_some() || query.offset.is_some() {
                return Err(ora(2014).at(query.position.0));
            }
        }
        let compiled = self.query(query)?;
        if compiled.columns.iter().any(|column| column.kind == Type::Interval) {
            return Err(unimplemented_feature("an interval as a column of a result"));
        }
        let columns = compiled.columns.iter().map(|column| Column {
            name: column.name.clone(),
            kind: column.described,
            nullable: column.nullable,
        });
        let columns = columns.collect();
        Ok(QueryPlan { sql: compiled.sql, columns, for_update: query.for_update, tables: compiled.tables })
    }

    /// A query inside another statement.
    pub fn subquery(&mut self, query: &Query) -> Checked<Compiled> {
        if query.for_update.is_some() {
            return Err(ora(907).at(query.position.0));
        }
        self.query(query)
    }

    /// One value; ORA-01427 when the query has more than one row.
    pub fn scalar_subquery(&mut self, query: &Query) -> Checked<Typed> {
        let query = self.subquery(query)?;
        let [column] = &query.columns[..] else {
            return Err(ora(913));
        };
        let sql = format!("(SELECT ora_single(o1) FROM ({}))", query.sql);
        Ok(Typed { sql, kind: column.kind, described: column.described, nullable: true })
    }

    fn query(&mut self, query: &Query) -> Checked<Compiled> {
        let first = self.select(query)?;
        if query.union_all.is_empty() { Ok(first) } else { self.compound(query, first) }
    }

    pub fn select(&mut self, query: &Query) -> Checked<Compiled> {
        let sources = self.sources(&query.from)?;
        let outer_aggregates = std::mem::replace(&mut self.aggregates, false);
        self.scopes.push(sources.scope.clone());
        let compiled = self.clauses(query, &sources.sql, &sources.scope);
        self.scopes.pop();
        self.aggregates = outer_aggregates;
        let (sql, columns) = compiled?;
        Ok(Compiled { sql, columns, tables: sources.tables })
    }

    fn clauses(&mut self, query: &Query, from: &str, scope: &Scope) -> Checked<(String, Vec<OutColumn>)> {
        let filter = query.filter.as_ref().map(|filter| self.condition(filter)).transpose()?;
        let mut groups = Vec::new();
        for expr in &query.group_by {
            groups.push(self.expr(expr)?.ordered()?);
        }
        self.aggregates = true;
        let columns = self.items(query, scope)?;
        let aggregated = grouping::aggregates(query);
        if aggregated {
            self.check_items(query, &columns)?;
        }
        let distinct = if query.distinct { "DISTINCT " } else { "" };
        if query.distinct {
            columns.iter().try_for_each(OutColumn::ordered)?;
        }
        let collation = |column: &OutColumn| match column.kind {
            Type::Timestamp if query.distinct => " COLLATE ORA_UTC",
            _ => "",
        };
        let item = |(i, c): (usize, &OutColumn)| format!("{}{} AS o{}", c.sql, collation(c), i + 1);
        let list: Vec<String> = columns.iter().enumerate().map(item).collect();
        let mut sql = format!("SELECT {distinct}{} FROM {from}", list.join(", "));
        if let Some(filter) = filter {
            sql += &format!(" WHERE {filter}");
        }
        if !groups.is_empty() {
            sql += &format!(" GROUP BY {}", groups.join(", "));
        }
        if let Some(having) = &query.having {
            self.check_condition_grouped(having, &query.group_by)?;
            sql += &format!(" HAVING {}", self.condition(having)?);
        }
        if query.union_all.is_empty() {
            sql += &self.order_by(query, &columns, aggregated)?;
        }
        self.aggregates = false;
        if query.union_all.is_empty() {
            sql += &self.limits(query)?;
        }
        Ok((sql, columns))
    }

    fn items(&mut self, query: &Query, scope: &Scope) -> Checked<Vec<OutColumn>> {
        let mut columns = Vec::new();
        for item in &query.items {
            match item {
                Item::All { qualifier, position } => {
                    let wanted = |name: &Option<String>| qualifier.is_none() || name == qualifier;
                    let sources: Vec<_> =
                        scope.sources.iter().filter(|source| wanted(&source.name)).collect();
                    if sources.is_empty() {
                        let path: Vec<String> = qualifier.iter().cloned().collect();
                        return Err(invalid_identifier(&path).at(position.0));
                    }
                    for column in sources.into_iter().flat_map(|source| &source.columns) {
                        let source = Expr::Column { path: vec![column.name.clone()], position: *position };
                        columns.push(OutColumn::new(column.name.clone(), column.typed(), Some(source)));
                    }
                }
                Item::Expr { expr, alias, heading } => {
                    let typed = self.expr(expr)?;
                    let name = alias.clone().unwrap_or_else(|| heading.clone());
                    columns.push(OutColumn::new(name, typed, Some(expr.clone())));
                }
            }
        }
        Ok(columns)
    }

    fn check_items(&self, query: &Query, columns: &[OutColumn]) -> Checked<()> {
        let mut exprs = columns.iter().filter_map(|column| column.source.as_ref());
        exprs.try_for_each(|expr| self.check_grouped(expr, &query.group_by))
    }

    fn order_by(&mut self, query: &Query, columns: &[OutColumn], aggregated: bool) -> Checked<String> {
        let mut keys = Vec::new();
        for item in &query.order_by {
            let key = self.order_key(query, item, columns, aggregated)?;
            keys.push(directed(&key, item));
        }
        Ok(order_clause(&keys))
    }

    fn order_key(
        &mut self,
        query: &Query,
        item: &OrderItem,
        columns: &[OutColumn],
        grouped: bool,
    ) -> Checked<String> {
        let chosen = match &item.expr {
            Expr::Number(position) => Some(place(position, columns)?),
            Expr::Column { path, .. } if path.len() == 1 => {
                let aliased = query
                    .items
                    .iter()
                    .any(|item| matches!(item, Item::Expr { alias: Some(alias), .. } if *alias == path[0]));
                let found = columns.iter().position(|column| column.name == path[0]);
                if aliased { found } else { same(columns, &item.expr) }
            }
            expr => same(columns, expr),
        };
        if let Some(index) = chosen {
            return columns[index].sort_key(index);
        }
        if query.distinct {
            return Err(ora(1791));
        }
        if grouped {
            self.check_grouped(&item.expr, &query.group_by)?;
        }
        self.expr(&item.expr)?.ordered()
    }

    pub fn limits(&mut self, query: &Query) -> Checked<String> {
        if query.fetch.is_none() && query.offset.is_none() {
            return Ok(String::new());
        }
        // No column can be meant here.
        let outer = std::mem::take(&mut self.scopes);
        let mut row_count = |expr: &Option<Expr>, absent: &str| match expr {
            Some(expr) => {
                self.expr_as(expr, Type::Number).map(|count| format!("ora_row_count({})", count.sql))
            }
            None => Ok(absent.to_owned()),
        };
        let counts =
            row_count(&query.fetch, "-1").and_then(|fetch| Ok((fetch, row_count(&query.offset, "0")?)));
        self.scopes = outer;
        let (fetch, offset) = counts?;
        Ok(format!(" LIMIT {fetch} OFFSET {offset}"))
    }
}

/// The column that ORDER BY names by its place, counted from zero.
pub fn place(position: &str, columns: &[OutColumn]) -> Checked<usize> {
    let place = position.parse::<usize>().ok().filter(|place| (1..=columns.len()).contains(place));
    place.map(|place| place - 1).ok_or_else(|| ora(1785))
}

/// A key of ORDER BY with its direction.
pub fn directed(key: &str, item: &OrderItem) -> String {
    let direction = if item.descending { "DESC" } else { "ASC" };
    // Oracle takes NULL for the greatest of all values, SQLite for the least.
    let nulls = if item.nulls_first.unwrap_or(item.descending) { "FIRST" } else { "LAST" };
    format!("{key} {direction} NULLS {nulls}")
}

pub fn order_clause(keys: &[String]) -> String {
    if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) }
}

fn same(columns: &[OutColumn], expr: &Expr) -> Option<usize> {
    columns.iter().position(|column| column.source.as_ref() == Some(expr))
}

impl OutColumn {
    fn new(name: String, typed: Typed, source: Option<Expr>) -> Self {
        let Typed { sql, kind, described, nullable } = typed;
        Self { name, kind, described, nullable, sql, source }
    }

    /// What a result is sorted by where it is sorted by this column, which stands at that place.
    pub fn sort_key(&self, place: usize) -> Checked<String> {
        self.ordered()?;
        let collation = if self.kind == Type::Timestamp { " COLLATE ORA_UTC" } else { "" };
        Ok(format!("o{}{collation}", place + 1))
    }

    /// Fails for a CLOB, which is not ordered.
    fn ordered(&self) -> Checked<()> {
        if self.kind == Type::Clob { Err(inconsistent("-", "CLOB")) } else { Ok(()) }
    }
}
