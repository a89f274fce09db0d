use std::ops::ControlFlow;

use oracle::Connection;
use oracle::sql_type::ToSql;

use super::bind::OracleBind;
use super::error::OracleError;
use super::returned::{Column, ReturnedRow, out_type};
use super::row::Fetched;
use super::session::Session;
use crate::db::{Batched, Bind, DbError, Returned, Row};

/// Rows of a list that come with the execution itself: a list shorter than this is one round trip.
const PREFETCH_ROWS: u32 = 101;

/// Rows of each further round trip. The buffers for them live as long as the statement: about 10 kB for
/// a row of events, because the driver makes room for four times the bytes of each text's column.
const FETCH_ARRAY_SIZE: u32 = 250;

impl Session {
    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.query(sql, binds, PREFETCH_ROWS, FETCH_ARRAY_SIZE, read)
    }

    pub fn rows_until(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        let mut read_all = Ok(());
        self.step_through(sql, binds, (PREFETCH_ROWS, FETCH_ARRAY_SIZE), |row| {
            read(row).unwrap_or_else(|error| {
                read_all = Err(error);
                ControlFlow::Break(())
            })
        })?;
        read_all
    }

    /// Two rows of prefetch, so that the end of the rows comes along with the first.
    pub fn row<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        Ok(self.query(sql, binds, 2, 1, read)?.into_iter().next())
    }

    fn query<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        prefetch: u32,
        array: u32,
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let (mut refused, mut found) = (None, Vec::new());
        self.step_through(sql, binds, (prefetch, array), |row| {
            match read(row) {
                Ok(value) => found.push(value),
                Err(error) => refused = refused.take().or(Some(error)),
            }
            ControlFlow::Continue(())
        })?;
        refused.map_or(Ok(found), Err)
    }

    /// Fetches rows until there are no more, or `read` wants none.
    fn step_through(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        (prefetch, array): (u32, u32),
        mut read: impl FnMut(&dyn Row) -> ControlFlow<()>,
    ) -> Result<(), DbError> {
        self.keep_deadline()?;
        let mut fetched = 0;
        let done = (|| {
            let mut statement =
                self.connection.statement(sql).prefetch_rows(prefetch).fetch_array_size(array).build()?;
            let values = values(binds);
            for row in statement.query_named(&named(binds, &values))? {
                let row = row?;
                if read(&Fetched(&row)).is_break() {
                    // Whether more would have come was not asked.
                    return Ok(());
                }
                fetched += 1;
            }
            Ok(())
        })();
        self.trips += trips_of_query(fetched, prefetch.into(), array.into());
        self.outcome(done)
    }

    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>], commits: bool) -> Result<u64, DbError> {
        self.write(commits, |connection| {
            let values = values(binds);
            let mut statement = connection.statement(sql).build()?;
            statement.execute_named(&named(binds, &values))?;
            statement.row_count()
        })
    }

    /// `… RETURNING … INTO`: the columns come back through OUT binds named after them.
    pub fn returning<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        commits: bool,
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let columns: Vec<_> = returned.iter().map(|column| column.column()).collect();
        let outs: Vec<_> =
            columns.iter().map(|column| format!("returned_{}", column.to_lowercase())).collect();
        let into: Vec<_> = outs.iter().map(|out| format!(":{out}")).collect();
        let sql = format!("{sql} RETURNING {} INTO {}", columns.join(", "), into.join(", "));
        let types: Vec<_> = returned.iter().map(|column| out_type(*column)).collect();
        let values = values(binds);
        let mut all = named(binds, &values);
        all.extend(outs.iter().zip(&types).map(|(out, kind)| (out.as_str(), kind as &dyn ToSql)));
        let (statement, met) = self.write(commits, |connection| {
            let mut statement = connection.statement(&sql).build()?;
            statement.execute_named(&all)?;
            let met = statement.row_count()?;
            Ok((statement, met))
        })?;
        let columns = outs.iter().zip(returned).map(|(out, kind)| Column::of(&statement, out, *kind));
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let met = usize::try_from(met).unwrap_or(usize::MAX);
        (0..met).map(|index| read(&ReturnedRow { columns: &columns, index })).collect()
    }

    /// Array DML: one round trip for all rows. Where some fail, the driver does not commit by itself.
    pub fn batch(&mut self, sql: &str, rows: &[&[Bind<'_>]], commits: bool) -> Result<Batched, DbError> {
        if rows.is_empty() {
            return Ok(Batched::default());
        }
        let (met, failed) = self.write(commits, |connection| {
            let mut batch =
                connection.batch(sql, rows.len()).with_batch_errors().with_row_counts().build()?;
            for binds in rows {
                batch.append_row_named(&named(binds, &values(binds)))?;
            }
            let failed = match batch.execute() {
                Ok(()) => Vec::new(),
                Err(error) => match error.batch_errors() {
                    Some(errors) => errors.clone(),
                    None => return Err(error),
                },
            };
            Ok((batch.row_counts()?, failed))
        })?;
        self.in_transaction |= !failed.is_empty();
        let failed = failed.iter().map(|error| (error.offset() as usize, OracleError::of_row(error).into()));
        Ok(Batched { met, failed: failed.collect() })
    }

    /// Runs a write. A session whose write is not committed is in a transaction until it says
    /// otherwise.
    fn write<T>(
        &mut self,
        commits: bool,
        run: impl FnOnce(&Connection) -> oracle::Result<T>,
    ) -> Result<T, DbError> {
        self.keep_deadline()?;
        self.connection.set_autocommit(commits);
        self.in_transaction |= !commits;
        self.trips += 1;
        let done = run(&self.connection);
        // The driver would commit with whatever is executed next, a query too.
        self.connection.set_autocommit(false);
        self.in_transaction &= !(commits && done.is_ok());
        self.outcome(done)
    }
}

/// The round trips of a query that gave so many rows. As many as are prefetched ride along with the
/// execution, the end of the rows too if it is among them. The driver asks for an array at a time,
/// out of the prefetched rows as far as they go, until one is not full.
const fn trips_of_query(rows: u64, prefetched: u64, array: u64) -> u64 {
    if rows < prefetched { 1 } else { 2 + rows / array - prefetched / array }
}

fn values<'a>(binds: &'a [Bind<'a>]) -> Vec<OracleBind<'a>> {
    binds.iter().map(|(_, value)| OracleBind(value)).collect()
}

fn named<'a>(binds: &'a [Bind<'_>], values: &'a [OracleBind<'a>]) -> Vec<(&'a str, &'a dyn ToSql)> {
    binds.iter().zip(values).map(|((name, _), value)| (*name, value as &dyn ToSql)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the stand-in counts them: see `on_oracle::watch`.
    #[test]
    fn a_query_takes_one_trip_and_one_for_each_array_beyond_the_prefetched_rows() {
        let list = |rows| trips_of_query(rows, PREFETCH_ROWS.into(), FETCH_ARRAY_SIZE.into());
        assert_eq!([0, 100, 101, 249, 250, 499, 500, 10_000].map(list), [1, 1, 2, 2, 3, 3, 4, 42]);
        assert_eq!([0, 1, 2].map(|rows| trips_of_query(rows, 2, 1)), [1, 1, 2]);
    }
}
