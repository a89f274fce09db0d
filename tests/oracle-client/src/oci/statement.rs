//! Statement handles: the text, what is bound and defined, and the open cursor.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::CString;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::answer::Result;
use super::attributes::Value as Attribute;
use super::bind::Bind;
use super::connection::{Connection, free_all};
use super::define::Define;
use super::handles::{self, Token};
use super::raw::Input;
use crate::database::{self, Column, StatementKind};
use crate::value::Value;

const ATTR_ROW_COUNT: u32 = 9;
const ATTR_SQLFNCODE: u32 = 10;
const ATTR_PREFETCH_ROWS: u32 = 11;
const ATTR_PREFETCH_MEMORY: u32 = 13;
const ATTR_PARAM_COUNT: u32 = 18;
const ATTR_STMT_TYPE: u32 = 24;
const ATTR_NUM_DML_ERRORS: u32 = 73;
const ATTR_PARSE_ERROR_OFFSET: u32 = 129;
const ATTR_STATEMENT: u32 = 144;
const ATTR_BIND_COUNT: u32 = 190;
const ATTR_ROWS_FETCHED: u32 = 197;
const ATTR_STMT_IS_RETURNING: u32 = 218;
const ATTR_UB8_ROW_COUNT: u32 = 457;
const ATTR_DML_ROW_COUNT_ARRAY: u32 = 469;
const ATTR_SQL_ID: u32 = 504;

/// What a bind was made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// In upper case, without the colon.
    Name(String),
    /// From 1 on; each occurrence of a placeholder counts.
    Position(usize),
}

impl Target {
    pub fn named(name: &str) -> Self {
        Self::Name(name.strip_prefix(':').unwrap_or(name).to_uppercase())
    }
}

pub struct Statement {
    pub parsed: database::Statement,
    pub connection: Arc<Connection>,
    /// What callers read names and text from.
    pub names: Vec<CString>,
    text: CString,
    state: Mutex<State>,
}

/// The rows of an executed query.
#[derive(Debug, Default)]
pub struct Cursor {
    /// Rows that the client has already.
    pub near: VecDeque<Vec<Value>>,
    /// Rows that are still at the server.
    pub far: VecDeque<Vec<Value>>,
    /// Whether the client knows that the server has no more.
    pub complete: bool,
    /// Whether each row is a trip of its own, as where a column is a LOB.
    pub row_by_row: bool,
}

#[derive(Default)]
pub struct State {
    binds: Vec<(Target, Token, Arc<Bind>)>,
    defines: BTreeMap<u32, (Token, Arc<Define>)>,
    pub columns: Vec<Column>,
    pub cursor: Option<Cursor>,
    pub prefetch: u32,
    pub rows_fetched: u32,
    pub row_count: u64,
    /// Rows that each iteration changed.
    pub row_counts: Vec<u64>,
    /// How many iterations failed, in the mode in which the others go on.
    pub batch_errors: u32,
    pub error_offset: u16,
}

impl Statement {
    pub fn new(connection: Arc<Connection>, text: &str) -> Self {
        let parsed = database::Database::prepare(text);
        let names = parsed.binds.iter().map(|name| CString::new(name.as_str()).unwrap_or_default()).collect();
        let text = CString::new(text).unwrap_or_default();
        // OCI's own default: one row rides along.
        let state = State { prefetch: 1, ..State::default() };
        Self { parsed, connection, names, text, state: Mutex::new(state) }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_query(&self) -> bool {
        self.parsed.kind == StatementKind::Select
    }

    /// Whether the text has such a placeholder.
    pub fn has(&self, target: &Target) -> bool {
        match target {
            Target::Name(name) => self.parsed.binds.contains(name),
            Target::Position(position) => (1..=self.parsed.binds.len()).contains(position),
        }
    }

    pub fn bind(&self, target: &Target) -> Option<(Token, Arc<Bind>)> {
        let state = self.state();
        let found = state.binds.iter().find(|(known, ..)| known == target);
        found.map(|(_, token, bind)| (*token, bind.clone()))
    }

    /// What is bound to an occurrence of a placeholder: by its position, from 1 on, or its name.
    pub fn bound(&self, position: usize, name: &str) -> Option<(Token, Arc<Bind>)> {
        self.bind(&Target::Position(position)).or_else(|| self.bind(&Target::Name(name.to_owned())))
    }

    pub fn add_bind(&self, target: Target, token: Token, bind: Arc<Bind>) {
        self.state().binds.push((target, token, bind));
    }

    pub fn define(&self, position: u32) -> Option<(Token, Arc<Define>)> {
        self.state().defines.get(&position).cloned()
    }

    pub fn add_define(&self, position: u32, token: Token, define: Arc<Define>) {
        self.state().defines.insert(position, (token, define));
    }

    /// Forgets the buffers of the last user: they are not there any more when the next one comes.
    pub fn forget_buffers(&self) {
        let (binds, defines) = {
            let mut state = self.state();
            state.cursor = None;
            (std::mem::take(&mut state.binds), std::mem::take(&mut state.defines))
        };
        let tokens =
            binds.iter().map(|(_, token, _)| *token).chain(defines.values().map(|(token, _)| *token));
        free_all(tokens.collect());
    }

    pub fn get(&self, attribute: u32) -> Option<Attribute> {
        let state = self.state();
        Some(match attribute {
            ATTR_ROW_COUNT => Attribute::U32(state.row_count as u32),
            ATTR_SQLFNCODE => Attribute::U16(function_code(self.parsed.kind)),
            ATTR_PARAM_COUNT => Attribute::U32(state.columns.len() as u32),
            ATTR_STMT_TYPE => Attribute::U16(statement_type(self.parsed.kind)),
            ATTR_NUM_DML_ERRORS => Attribute::U32(state.batch_errors),
            ATTR_PARSE_ERROR_OFFSET => Attribute::U16(state.error_offset),
            ATTR_STATEMENT => Attribute::Text(self.text.as_ptr(), self.text.as_bytes().len()),
            ATTR_BIND_COUNT => Attribute::U32(self.parsed.binds.len() as u32),
            ATTR_ROWS_FETCHED => Attribute::U32(state.rows_fetched),
            ATTR_STMT_IS_RETURNING => Attribute::U8((!self.parsed.returning.is_empty()).into()),
            ATTR_UB8_ROW_COUNT => Attribute::U64(state.row_count),
            ATTR_DML_ROW_COUNT_ARRAY => Attribute::Array(state.row_counts.as_ptr(), state.row_counts.len()),
            ATTR_SQL_ID => Attribute::Text(c"".as_ptr(), 0),
            _ => return None,
        })
    }

    pub fn set(&self, attribute: u32, value: &Input) -> Result<bool> {
        match attribute {
            ATTR_PREFETCH_ROWS => self.state().prefetch = value.u32()?,
            ATTR_PREFETCH_MEMORY => {}
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Frees a statement with its binds and defines.
pub fn free(token: Token) {
    if let Ok(statement) = handles::statement(handles::pointer(token)) {
        statement.forget_buffers();
    }
    free_all(vec![token]);
}

/// OCI_STMT_…; 0 is a statement of no kind that OCI knows, such as LOCK TABLE.
fn statement_type(kind: StatementKind) -> u16 {
    match kind {
        StatementKind::Select => 1,
        StatementKind::Update => 2,
        StatementKind::Delete => 3,
        StatementKind::Insert => 4,
        StatementKind::Create => 5,
        StatementKind::Drop => 6,
        StatementKind::Alter => 7,
        StatementKind::Merge => 16,
        StatementKind::Other => 0,
    }
}

/// OCI's SQL function codes; of DDL those for tables, which no caller here tells from others.
fn function_code(kind: StatementKind) -> u16 {
    match kind {
        StatementKind::Create => 1,
        StatementKind::Insert => 3,
        StatementKind::Select => 4,
        StatementKind::Update => 5,
        StatementKind::Delete => 9,
        StatementKind::Drop => 12,
        StatementKind::Alter => 15,
        StatementKind::Merge => 189,
        StatementKind::Other => 0,
    }
}
