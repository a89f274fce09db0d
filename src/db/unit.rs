use std::ops::{Deref, DerefMut};

use super::connection::Connection;
use super::{Bind, DbError, Reader, Returned, Row};

/// A unit of work: what it writes is committed together or not at all.
///
/// It is committed with the write that is said to be its [`last`](Unit::last), in the same round
/// trip; else when its work is done, which costs one more. Where its work fails or panics, nothing
/// of it stays.
pub struct Unit<'c> {
    reader: Reader<'c>,
    next_is_last: bool,
    is_committed: bool,
}

/// What became of each row of an array.
#[derive(Debug, Default)]
pub struct Batched {
    /// How many rows the statement met for each row of the array, in its order; 0 where it failed.
    pub met: Vec<u64>,
    /// The rows of the array for which it failed, counted from 0, and why. The others stand.
    pub failed: Vec<(usize, DbError)>,
}

impl<'c> Unit<'c> {
    /// Does the work on a connection, as one unit.
    pub(super) fn run<T>(
        connection: Connection<'c>,
        work: impl FnOnce(&mut Self) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let mut unit = Self { reader: Reader::new(connection), next_is_last: false, is_committed: false };
        let done = work(&mut unit);
        let connection = &mut unit.reader.connection;
        match (done, connection.is_in_transaction()) {
            (Ok(done), true) => connection.commit().map(|()| done),
            (Err(error), true) => {
                // The pool closes a connection that could not be rolled back: see `is_broken`.
                if let Err(error) = connection.rollback() {
                    tracing::debug!("a unit of work was left for the database to roll back: {error}");
                }
                Err(error)
            }
            (done, false) => done,
        }
    }

    /// Does work that reads on a connection, all of it as of one moment.
    pub(super) fn run_snapshot<T>(
        mut connection: Connection<'c>,
        work: impl FnOnce(&mut Reader<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        connection.begin_snapshot()?;
        Self::run(connection, |unit| work(&mut unit.reader))
    }

    /// The next write is the last of the unit: if it succeeds, the unit is committed with it, and
    /// nothing can be written any more. Where it fails or meets no row, and nothing else was
    /// written, another one may take its place.
    pub fn last(&mut self) -> &mut Self {
        self.next_is_last = true;
        self
    }

    /// Runs an INSERT, UPDATE or DELETE, and says how many rows it met.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>]) -> Result<u64, DbError> {
        self.write(|connection, commits| {
            let met = connection.execute(sql, binds, commits)?;
            Ok((met, met))
        })
    }

    /// Runs an INSERT, UPDATE or DELETE, and reads columns of each row that it met, in the same round
    /// trip. The rows come in no order.
    ///
    /// # Errors
    /// `DbError` as the engine classes it, or what `read` gives; the write has happened by then.
    pub fn returning<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.write(|connection, commits| {
            let rows = connection.returning(sql, binds, returned, commits, read)?;
            let met = rows.len() as u64;
            Ok((rows, met))
        })
    }

    /// Inserts one row and reads columns of it, in the same round trip.
    ///
    /// # Errors
    /// As [`Unit::returning`].
    pub fn insert<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let mut rows = self.returning(sql, binds, returned, read)?;
        match (rows.pop(), rows.len()) {
            (Some(row), 0) => Ok(row),
            (row, more) => {
                let inserted = usize::from(row.is_some()) + more;
                Err(DbError::Failed(format!("{inserted} rows were inserted, not one")))
            }
        }
    }

    /// Runs a write once for each row of an array, all in one round trip, and says what became of
    /// each. A row that fails does not touch its neighbours. All rows bind the same names.
    ///
    /// # Errors
    /// `DbError` as the engine classes it, where it is not a row's own.
    pub fn batch(&mut self, sql: &str, rows: &[&[Bind<'_>]]) -> Result<Batched, DbError> {
        self.write(|connection, commits| {
            let batched = connection.batch(sql, rows, commits)?;
            let met = batched.met.iter().sum();
            Ok((batched, met))
        })
    }

    /// Takes back what the unit has written so far: where its work finds out late that nothing is to be written. One
    /// round trip, if there is anything.
    ///
    /// # Errors
    /// `DbError` as the engine classes it; what is left is rolled back with the unit.
    pub fn abandon(&mut self) -> Result<(), DbError> {
        match self.reader.connection.is_in_transaction() {
            true => self.reader.connection.rollback(),
            false => Ok(()),
        }
    }

    fn write<T>(
        &mut self,
        run: impl FnOnce(&mut Connection<'c>, bool) -> Result<(T, u64), DbError>,
    ) -> Result<T, DbError> {
        if self.is_committed {
            return Err(DbError::Failed("a write came after the last of its unit".into()));
        }
        let commits = std::mem::take(&mut self.next_is_last);
        let had_written = self.reader.connection.is_in_transaction();
        let (done, met) = run(&mut self.reader.connection, commits)?;
        self.is_committed = commits && (met > 0 || had_written);
        Ok(done)
    }
}

/// A unit reads as well.
impl<'c> Deref for Unit<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl DerefMut for Unit<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}
