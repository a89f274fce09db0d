//! The session's settings, shared with the functions that SQLite calls.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDateTime;

use super::sequences::Sequences;
use crate::database::values::timestamp;

pub struct State {
    /// SYSTIMESTAMP, the same throughout a statement.
    pub statement_time: NaiveDateTime,
    pub character_set: String,
    pub sequences: Sequences,
}

#[derive(Clone)]
pub struct Shared(Arc<Mutex<State>>);

impl Shared {
    pub fn new(folder: &Path) -> Self {
        Self(Arc::new(Mutex::new(State {
            statement_time: timestamp::now(),
            character_set: "AL32UTF8".to_owned(),
            sequences: Sequences::new(folder),
        })))
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
