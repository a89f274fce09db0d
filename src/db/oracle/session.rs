use std::sync::Arc;
use std::time::{Duration, Instant};

use oracle::sql_type::ToSql;
use oracle::{ConnStatus, Connection};

use super::bind::OracleBind;
use super::error::OracleError;
use super::gate::Gate;
use super::returned::{Column, ReturnedRow, out_type};
use super::row::Fetched;
use crate::db::{Batched, Bind, DbError, Returned, Row};

/// Rows of a list that come with the execution itself: a list shorter than this is one round trip.
const PREFETCH_ROWS: u32 = 101;

/// Rows of each further round trip. The buffers for them, about 2.6 kB a row, live as long as the
/// statement.
const FETCH_ARRAY_SIZE: u32 = 250;

/// What is left of a deadline must be worth a call; the driver takes whole milliseconds.
const SHORTEST_CALL: Duration = Duration::from_millis(1);

/// A session: one connection to the database.
pub struct Session {
    connection: Connection,
    gate: Arc<Gate>,
    /// When the database last answered on it.
    pub(super) used: Instant,
    broken: bool,
    /// Something was written, or a snapshot begun, and neither committed nor rolled back.
    in_transaction: bool,
    /// How long a call may take at the most; `None`: as long as it takes.
    call_timeout: Option<Duration>,
    /// When the unit of work at hand must be done.
    deadline: Option<Instant>,
    /// Round trips since `take_trips`.
    trips: u64,
}

impl Session {
    pub fn new(connection: Connection, gate: Arc<Gate>, call_timeout: Option<Duration>) -> Self {
        Self {
            connection,
            gate,
            used: Instant::now(),
            broken: false,
            in_transaction: false,
            call_timeout,
            deadline: None,
            trips: 0,
        }
    }

    /// Whether the pool must close this session rather than lend it again: it is dead, or in a
    /// transaction that its next user would find open. Costs no round trip.
    pub fn is_broken(&self) -> bool {
        self.broken || self.in_transaction || !matches!(self.connection.status(), Ok(ConnStatus::Normal))
    }

    /// The round trips since this was last asked: those of statements and pings. What opening and
    /// closing a session takes is not among them.
    pub fn take_trips(&mut self) -> u64 {
        std::mem::take(&mut self.trips)
    }

    /// Begins a piece of work: what a DBA sees the session do, and when the last of its calls must
    /// have been answered. Nothing of it is sent by itself.
    pub fn begin_work(&mut self, action: &str, deadline: Option<Instant>) -> Result<(), DbError> {
        self.deadline = deadline;
        let set = self.connection.set_action(action);
        self.outcome(set)
    }

    /// Lets the next call take no longer than a call may, or than is left until the deadline.
    fn keep_deadline(&mut self) -> Result<(), OracleError> {
        let Some(deadline) = self.deadline else { return Ok(()) };
        let left = deadline.saturating_duration_since(Instant::now());
        if left < SHORTEST_CALL {
            return Err(OracleError::late());
        }
        let timeout = self.call_timeout.map_or(left, |timeout| timeout.min(left));
        Ok(self.connection.set_call_timeout(Some(timeout))?)
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
        self.keep_deadline()?;
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
        self.in_transaction &= !(commits && done.is_ok());
        self.outcome(done)
    }

    /// One round trip; ending it is another.
    pub fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.keep_deadline()?;
        self.connection.set_autocommit(false);
        self.in_transaction = true;
        Ok(self.run("SET TRANSACTION READ ONLY")?)
    }

    pub fn is_in_transaction(&self) -> bool {
        self.in_transaction
    }

    pub fn commit(&mut self) -> Result<(), DbError> {
        self.end_transaction(Connection::commit)
    }

    /// Costs no round trip where the session is dead.
    pub fn rollback(&mut self) -> Result<(), DbError> {
        match self.broken {
            true => Ok(()),
            false => self.end_transaction(Connection::rollback),
        }
    }

    fn end_transaction(&mut self, end: fn(&Connection) -> oracle::Result<()>) -> Result<(), DbError> {
        self.keep_deadline()?;
        self.trips += 1;
        let ended = end(&self.connection);
        self.in_transaction &= ended.is_err();
        self.outcome(ended)
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
        self.in_transaction = true;
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

impl Session {
    /// Asks for a sign of life that comes within this time. A session that gives none is not to be
    /// used again.
    pub fn ping_within(&mut self, limit: Duration) -> Result<(), OracleError> {
        let other_calls = self.connection.call_timeout()?;
        self.connection.set_call_timeout(Some(limit))?;
        self.ping()?;
        Ok(self.connection.set_call_timeout(other_calls)?)
    }

    /// Has the pool close the session when it comes back.
    pub fn condemn(&mut self) {
        self.broken = true;
    }

    /// Ends it, within this time: one round trip, and none where it has ended already.
    pub fn close_within(&mut self, limit: Duration) -> Result<(), OracleError> {
        self.broken = true;
        if matches!(self.connection.status(), Ok(ConnStatus::Closed)) {
            return Ok(());
        }
        self.connection.set_call_timeout(Some(limit))?;
        Ok(self.connection.close()?)
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
