//! SUM, AVG, and the one row of a scalar subquery.

use bigdecimal::BigDecimal;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{Arguments, failed, number};
use crate::database::messages::ora;
use crate::database::values::number::divide;

pub fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_aggregate_function("ora_sum", 1, flags, Sum { average: false })?;
    connection.create_aggregate_function("ora_avg", 1, flags, Sum { average: true })?;
    connection.create_aggregate_function("ora_single", 1, flags, Single)
}

struct Sum {
    average: bool,
}

impl Aggregate<(BigDecimal, u64), Stored> for Sum {
    fn init(&self, _: &mut Context<'_>) -> Result<(BigDecimal, u64)> {
        Ok((BigDecimal::from(0), 0))
    }

    fn step(&self, context: &mut Context<'_>, (sum, count): &mut (BigDecimal, u64)) -> Result<()> {
        let arguments = Arguments(context);
        if !arguments.is_null(0) {
            *sum += arguments.number(0);
            *count += 1;
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, state: Option<(BigDecimal, u64)>) -> Result<Stored> {
        match state {
            None | Some((_, 0)) => Ok(Stored::Null),
            Some((sum, count)) if self.average => {
                divide(&sum, &BigDecimal::from(count)).and_then(|average| number(&average)).map_err(failed)
            }
            Some((sum, _)) => number(&sum).map_err(failed),
        }
    }
}

struct Single;

impl Aggregate<Option<Stored>, Stored> for Single {
    fn init(&self, _: &mut Context<'_>) -> Result<Option<Stored>> {
        Ok(None)
    }

    fn step(&self, context: &mut Context<'_>, value: &mut Option<Stored>) -> Result<()> {
        if value.is_some() {
            return Err(failed(ora(1427)));
        }
        *value = Some(context.get(0)?);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, value: Option<Option<Stored>>) -> Result<Stored> {
        Ok(value.flatten().unwrap_or(Stored::Null))
    }
}
