//! The session's settings, shared with the functions that SQLite calls.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::NaiveDateTime;

use super::sequences::Sequences;
use crate::database::values::{format, timestamp};

pub struct State {
    /// SYSTIMESTAMP, the same throughout a statement.
    pub statement_time: NaiveDateTime,
    /// Minutes east of UTC.
    pub time_zone: i16,
    pub timestamp_tz_format: String,
    pub module: String,
    pub character_set: String,
    pub sid: u32,
    pub sequences: Sequences,
    /// What NEXTVAL gave last, by sequence.
    pub current_values: HashMap<i64, i64>,
}

#[derive(Clone)]
pub struct Shared(Arc<Mutex<State>>);

impl Shared {
    pub fn new(folder: &Path) -> Self {
        Self(Arc::new(Mutex::new(State {
            statement_time: timestamp::now(),
            time_zone: 0,
            timestamp_tz_format: format::DEFAULT.to_owned(),
            module: String::new(),
            character_set: "AL32UTF8".to_owned(),
            sid: session_id(),
            sequences: Sequences::new(folder),
            current_values: HashMap::new(),
        })))
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Different for every session of a process, and most likely for those of others.
fn session_id() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static LAST: AtomicU32 = AtomicU32::new(0);
    std::process::id().wrapping_mul(1000).wrapping_add(LAST.fetch_add(1, Ordering::Relaxed)) % 1_000_000 + 1
}
