//! Running a SELECT: all rows at once, so that a result is of one moment.

use rusqlite::Connection;
use rusqlite::types::Value as Stored;

use super::{bind, failure};
use crate::database::compile::QueryPlan;
use crate::database::values::from_stored;
use crate::database::{ColumnType, Outcome};
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
    let timestamps: Vec<bool> =
        plan.columns.iter().map(|column| matches!(column.kind, ColumnType::TimestampTz { .. })).collect();
    let mut rows = bind(&mut statement, parameters)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(timestamps.len());
        for (index, is_timestamp) in timestamps.iter().enumerate() {
            values.push(from_stored(row.get_ref(index)?, *is_timestamp));
        }
        all.push(values);
    }
    Ok(all)
}
