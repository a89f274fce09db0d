//! OCIStmtExecute.

use std::ffi::{c_int, c_void};

use super::answer::{Failure, Result, answer};
use super::bind::VARCHAR2;
use super::statement::{Cursor, Statement};
use super::{handles, session};
use crate::database::Outcome;
use crate::error::OracleError;
use crate::messages;
use crate::server::{Mode, has_lob};
use crate::trips;
use crate::value::Value;

const DESCRIBE_ONLY: u32 = 0x10;
const COMMIT_ON_SUCCESS: u32 = 0x20;
const BATCH_ERRORS: u32 = 0x80;
const PARSE_ONLY: u32 = 0x100;

impl Statement {
    /// The placeholders that carry values in: all but the last ones, which `RETURNING` fills.
    fn inputs(&self) -> impl Iterator<Item = (usize, &str)> {
        let count = self.parsed.binds.len() - self.parsed.returning.len();
        self.parsed.binds[..count].iter().enumerate().map(|(index, name)| (index + 1, name.as_str()))
    }

    fn outputs(&self) -> impl Iterator<Item = (usize, &str)> {
        let count = self.parsed.binds.len() - self.parsed.returning.len();
        self.parsed.returning.iter().enumerate().map(move |(index, name)| (count + index + 1, name.as_str()))
    }

    /// The values of one iteration. `national` tells whether one came as NVARCHAR2.
    fn read_binds(&self, iteration: u32, national: &mut bool) -> Result<Vec<(String, Value)>> {
        let mut values: Vec<(String, Value)> = Vec::new();
        for (position, name) in self.inputs() {
            let (token, bind) = self.bound(position, name).ok_or_else(|| messages::error(1008))?;
            let value = bind.input(handles::pointer(token), iteration)?;
            *national |= bind.is_national() && value != Value::Null;
            match values.iter().find(|(known, _)| known == name) {
                None => values.push((name.to_owned(), value)),
                Some((_, known)) if *known == value => {}
                // Oracle binds each occurrence by itself; the database here knows names.
                Some(_) => {
                    let text = format!("the stand-in cannot bind two values to :{name} by position");
                    return Err(Failure::Oracle(OracleError::new(3115, text)));
                }
            }
        }
        for (position, name) in self.outputs() {
            self.bound(position, name).ok_or_else(|| messages::error(1008))?;
        }
        Ok(values)
    }

    /// Whether a text has more room than a VARCHAR2 and none of the iterations' values needs it.
    fn has_wide_bind(&self, iterations: &[Vec<(String, Value)>]) -> bool {
        let is_wide = |(position, name)| self.bound(position, name).is_some_and(|(_, bind)| bind.is_wide());
        let is_long = |name| {
            let long = |value: &Value| matches!(value, Value::Text(text) if text.len() > VARCHAR2);
            iterations.iter().flatten().any(|(known, value)| known == name && long(value))
        };
        self.inputs().any(|input| is_wide(input) && !is_long(input.1)) || self.outputs().any(is_wide)
    }

    fn write_returned(&self, iteration: u32, returned: &[Vec<Value>]) -> Result {
        for (index, (position, name)) in self.outputs().enumerate() {
            let Some((token, bind)) = self.bound(position, name) else { continue };
            let column: Vec<&Value> = returned.iter().filter_map(|row| row.get(index)).collect();
            bind.output(handles::pointer(token), iteration, &column)?;
        }
        Ok(())
    }

    /// Takes over what one iteration gave.
    fn accept(&self, iteration: u32, outcome: Outcome) -> Result {
        let rows = match outcome {
            Outcome::Done => 0,
            Outcome::Changed { rows, returned } => {
                self.write_returned(iteration, &returned)?;
                rows
            }
            Outcome::Rows { columns, mut rows } => {
                let mut state = self.state();
                state.columns = columns;
                let row_by_row = has_lob(&state.columns);
                let prefetch = if row_by_row { 0 } else { state.prefetch as usize };
                let carried = rows.len().min(prefetch);
                let far = rows.split_off(carried);
                // Fewer rows than were asked for tell the client that there are no more.
                let complete = carried < prefetch;
                state.cursor = Some(Cursor { near: rows.into(), far: far.into(), complete, row_by_row });
                0
            }
        };
        let mut state = self.state();
        state.row_count += rows;
        state.row_counts.push(rows);
        Ok(())
    }

    fn execute(&self, service: *mut c_void, error: *mut c_void, iterations: u32, mode: u32) -> Result {
        let connection = session::connection_of(service)?;
        let prefetch = {
            let mut state = self.state();
            state.cursor = None;
            state.rows_fetched = 0;
            state.row_count = 0;
            state.row_counts.clear();
            state.batch_errors = 0;
            state.error_offset = 0;
            state.prefetch as usize
        };
        if mode & (DESCRIBE_ONLY | PARSE_ONLY) != 0 {
            if self.is_query() {
                let columns = connection.session().describe(&self.parsed, connection.timeout())?;
                self.state().columns = columns;
            }
            return Ok(());
        }
        let iterations = if self.is_query() { 1 } else { iterations.max(1) };
        let mut national = false;
        let binds = (0..iterations).map(|iteration| self.read_binds(iteration, &mut national));
        let binds = binds.collect::<Result<Vec<_>>>()?;
        if national {
            trips::note_national_bind(&connection.link.folder, &self.parsed.text);
        }
        if self.has_wide_bind(&binds) {
            trips::note_wide_bind(&connection.link.folder, &self.parsed.text);
        }
        let mode =
            Mode { commit: mode & COMMIT_ON_SUCCESS != 0, batch_errors: mode & BATCH_ERRORS != 0, prefetch };
        let execution = connection.session().execute(&self.parsed, &binds, mode, connection.timeout())?;
        for (iteration, outcome) in execution.outcomes.into_iter().enumerate() {
            self.accept(iteration as u32, outcome)?;
        }
        match execution.failure {
            None if execution.batch_errors.is_empty() => Ok(()),
            None => {
                self.state().batch_errors = execution.batch_errors.len() as u32;
                handles::error(error)?.keep_batch(execution.batch_errors);
                Err(Failure::Warning(messages::error(24381)))
            }
            Some(error) => {
                let offset = error.position.unwrap_or(0);
                self.state().error_offset = u16::try_from(offset).unwrap_or(u16::MAX);
                Err(Failure::Oracle(error))
            }
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIStmtExecute(
    service: *mut c_void,
    statement: *mut c_void,
    error: *mut c_void,
    iterations: u32,
    _offset: u32,
    _snapshot_in: *const c_void,
    _snapshot_out: *mut c_void,
    mode: u32,
) -> c_int {
    answer(error, || handles::statement(statement)?.execute(service, error, iterations, mode))
}
