use std::sync::Arc;
use std::time::Instant;

use oracle::sql_type::ToSql;
use oracle::{ConnStatus, Connection};

use super::bind::{OracleBind, out_type};
use super::error::OracleError;
use super::gate::Gate;
use super::row::{Fetched, Inserted};
use crate::db::{Bind, DbError, Returned, Row};

/// Rows of a list that come with the execution itself: a list shorter than this is one round trip.
const PREFETCH_ROWS: u32 = 101;

/// Rows of each further round trip. The buffers for them, about 2.6 kB a row, live as long as the
/// statement.
const FETCH_ARRAY_SIZE: u32 = 250;

/// A session: one connection to the database, with autocommit on.
pub struct Session {
    connection: Connection,
    gate: Arc<Gate>,
    /// When the database last answered on it.
    pub(super) used: Instant,
    broken: bool,
    /// Round trips since `take_trips`.
    trips: u64,
}

impl Session {
    pub fn new(connection: Connection, gate: Arc<Gate>) -> Self {
        Self { connection, gate, used: Instant::now(), broken: false, trips: 0 }
    }

    /// Whether the pool must close this session rather than lend it again: it is dead, or could be in
    /// a transaction that its next user would find open. Costs no round trip.
    pub fn is_broken(&self) -> bool {
        self.broken
            || !self.connection.autocommit()
            || !matches!(self.connection.status(), Ok(ConnStatus::Normal))
    }

    /// The round trips since this was last asked: those of statements and pings. What opening and
    /// closing a session takes is not among them.
    pub fn take_trips(&mut self) -> u64 {
        std::mem::take(&mut self.trips)
    }

    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.query(sql, binds, PREFETCH_ROWS, FETCH_ARRAY_SIZE, read)
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
        let (mut fetched, mut refused, mut found) = (0, None, Vec::new());
        let done = (|| {
            let mut statement =
                self.connection.statement(sql).prefetch_rows(prefetch).fetch_array_size(array).build()?;
            let values = values(binds);
            for row in statement.query_named(&named(binds, &values))? {
                let row = row?;
                fetched += 1;
                match read(&Fetched(&row)) {
                    Ok(value) => found.push(value),
                    Err(error) => refused = refused.take().or(Some(error)),
                }
            }
            Ok(())
        })();
        self.trips += trips_of_query(fetched, prefetch.into(), array.into());
        self.outcome(done)?;
        refused.map_or(Ok(found), Err)
    }

    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>]) -> Result<u64, DbError> {
        self.trips += 1;
        let values = values(binds);
        let changed = self.connection.statement(sql).build().and_then(|mut statement| {
            statement.execute_named(&named(binds, &values))?;
            statement.row_count()
        });
        self.outcome(changed)
    }

    /// `INSERT … RETURNING … INTO`: the columns come back through OUT binds named after them.
    pub fn insert<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        read: impl FnOnce(&dyn Row) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let columns: Vec<_> = returned.iter().map(|column| column.column()).collect();
        let outs: Vec<_> =
            columns.iter().map(|column| format!("returned_{}", column.to_lowercase())).collect();
        let into: Vec<_> = outs.iter().map(|out| format!(":{out}")).collect();
        let sql = format!("{sql} RETURNING {} INTO {}", columns.join(", "), into.join(", "));
        let types: Vec<_> = returned.iter().map(|column| out_type(*column)).collect();
        let values = values(binds);
        let mut all = named(binds, &values);
        all.extend(outs.iter().zip(&types).map(|(out, kind)| (out.as_str(), kind as &dyn ToSql)));
        self.trips += 1;
        let executed = self.connection.statement(&sql).build().and_then(|mut statement| {
            statement.execute_named(&all)?;
            Ok(statement)
        });
        let statement = self.outcome(executed)?;
        read(&Inserted { statement: &statement, outs: &outs })
    }

    /// Runs a statement that gives and takes nothing: DDL, LOCK TABLE.
    pub fn run(&mut self, sql: &str) -> Result<(), OracleError> {
        self.trips += 1;
        let done = self.connection.execute(sql, &[]).map(drop).map_err(OracleError::from);
        self.note(done)
    }

    /// Asks the database for a sign of life: one round trip.
    pub fn ping(&mut self) -> Result<(), OracleError> {
        self.trips += 1;
        let pinged = self.connection.ping().map_err(OracleError::from);
        self.note(pinged)
    }

    /// Says what the session is about to do; it goes along with the next round trip.
    pub fn set_action(&mut self, action: &str) -> Result<(), DbError> {
        let set = self.connection.set_action(action);
        self.outcome(set)
    }

    /// Lets each call take as long as it takes.
    pub fn lift_call_timeout(&mut self) -> Result<(), OracleError> {
        Ok(self.connection.set_call_timeout(None)?)
    }

    /// Lets each call take so long, whatever the settings say.
    pub fn limit_calls(&mut self, limit: std::time::Duration) -> Result<(), OracleError> {
        Ok(self.connection.set_call_timeout(Some(limit))?)
    }

    /// Turns autocommit off: what follows is one transaction, which ends when the session closes.
    pub fn begin(&mut self) {
        self.connection.set_autocommit(false);
    }

    fn outcome<T>(&mut self, result: oracle::Result<T>) -> Result<T, DbError> {
        Ok(self.note(result.map_err(OracleError::from))?)
    }

    fn note<T>(&mut self, result: Result<T, OracleError>) -> Result<T, OracleError> {
        match &result {
            Ok(_) => self.used = Instant::now(),
            Err(error) if error.ends_session() => {
                self.broken = true;
                self.gate.session_died();
            }
            Err(_) => {}
        }
        result
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

fn named<'a>(binds: &[Bind<'_>], values: &'a [OracleBind<'a>]) -> Vec<(&'a str, &'a dyn ToSql)> {
    binds.iter().zip(values).map(|((name, _), value)| (*name as &str, value as &dyn ToSql)).collect()
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
