//! OCIStmtFetch2.

use std::ffi::{c_int, c_void};

use super::answer::{Failure, Result, answer};
use super::handles;
use super::statement::Statement;
use crate::error::OracleError;
use crate::messages;
use crate::value::Value;

const FETCH_NEXT: u16 = 2;

impl Statement {
    /// Takes rows that the client has; if they are too few and there may be more, one round trip
    /// brings the rest. The second part says whether that was the end.
    fn next_rows(&self, asked: usize) -> Result<(Vec<Vec<Value>>, bool)> {
        let (mut rows, carried, complete, row_by_row) = {
            let mut state = self.state();
            let cursor = state.cursor.as_mut().ok_or_else(|| messages::error(1002))?;
            let near = asked.min(cursor.near.len());
            let rows: Vec<_> = cursor.near.drain(..near).collect();
            (rows, cursor.far.len().min(asked - near), cursor.complete, cursor.row_by_row)
        };
        let missing = asked - rows.len();
        if missing > 0 && !complete {
            let connection = &self.connection;
            let text = &self.parsed.text;
            if row_by_row {
                for _ in 0..carried {
                    connection.session().fetch(text, 1, connection.timeout())?;
                }
            }
            if !row_by_row || carried < missing {
                let last = if row_by_row { 0 } else { carried };
                connection.session().fetch(text, last as u64, connection.timeout())?;
            }
            let mut state = self.state();
            let cursor = state.cursor.as_mut().ok_or_else(|| messages::error(1002))?;
            rows.extend(cursor.far.drain(..carried));
            cursor.complete = carried < missing;
        }
        let end = rows.len() < asked;
        Ok((rows, end))
    }

    fn fetch(&self, asked: usize) -> Result {
        if asked == 0 {
            // OCI's way to give up the rest of a cursor.
            self.state().cursor = None;
            return Ok(());
        }
        let (rows, end) = self.next_rows(asked)?;
        let mut cut = false;
        for (index, row) in rows.iter().enumerate() {
            for (column, value) in (1..).zip(row) {
                if let Some((token, define)) = self.define(column) {
                    cut |= define.fetch(handles::pointer(token), index as u32, value)?;
                }
            }
        }
        let mut state = self.state();
        state.rows_fetched = rows.len() as u32;
        state.row_count += rows.len() as u64;
        match (end, cut) {
            (true, _) => Err(Failure::NoData),
            (false, true) => Err(Failure::Warning(messages::error(24345))),
            (false, false) => Ok(()),
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIStmtFetch2(
    statement: *mut c_void,
    error: *mut c_void,
    rows: u32,
    orientation: u16,
    _offset: i32,
    _mode: u32,
) -> c_int {
    answer(error, || {
        if orientation != FETCH_NEXT {
            return Err(Failure::Oracle(OracleError::new(24391, "invalid fetch operation")));
        }
        handles::statement(statement)?.fetch(rows as usize)
    })
}
