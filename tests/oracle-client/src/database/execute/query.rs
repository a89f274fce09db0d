//! Running a SELECT: all rows at once, so that a result is of one moment.

use rusqlite::Connection;
use rusqlite::types::Value as Stored;

use super::{bind, failure};
use crate::database::Outcome;
use crate::database::compile::{QueryPlan, Type};
use crate::database::values::from_stored;
use crate::error::OracleError;

pub fn run(connection: &Connection, plan: &QueryPlan, parameters: &[Stored]) -> Result<Outcome, OracleError> {
    let rows = collect(connection, plan, parameters).map_err(|error| failure::oracle(&error))?;
    Ok(Outcome::Rows { columns: plan.columns.clone(), rows })
}

fn collect(
    connection: &Connection,
    plan: &QueryPlan,
    parameters: &[Stored],
) -> rusqlite::Result<Vec<Vec<crate::value::Value>>> {
    let mut statement = connection.prepare_cached(&plan.sql)?;
    let kinds: Vec<Type> = plan.columns.iter().map(|column| column.kind.into()).collect();
    let mut rows = bind(&mut statement, parameters)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(kinds.len());
        for (index, kind) in kinds.iter().enumerate() {
            values.push(from_stored(row.get_ref(index)?, *kind));
        }
        all.push(values);
    }
    Ok(all)
}
