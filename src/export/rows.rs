use serde::Serialize;

use super::part::{Found, Reading, append};
use crate::db::{DbError, Reader};

/// Rows that a statement gives at most. With one more, the end of them would be one round trip more on Oracle,
/// where they come in arrays of 250.
pub const ROWS: i64 = 499;

/// A page of a list on its way into the document.
pub struct Rows<'t, K> {
    text: &'t mut Vec<u8>,
    is_first: &'t mut bool,
    last: Option<K>,
    count: i64,
}

impl<K> Rows<'_, K> {
    /// How many rows to ask for.
    pub fn at_most(&self) -> i64 {
        ROWS
    }

    /// Adds a row, in the order of the keys.
    ///
    /// # Errors
    /// `Failed` where it is no JSON, which no row of ours is.
    pub fn push(&mut self, key: K, row: &impl Serialize) -> Result<(), DbError> {
        if !std::mem::take(self.is_first) {
            self.text.push(b',');
        }
        append(self.text, row)?;
        self.last = Some(key);
        self.count += 1;
        Ok(())
    }
}

/// A list that is read a page a statement, each from where the last one ended. What is added or taken away
/// meanwhile moves no other row: who was there all the time is met once.
pub struct Keyset<K, F> {
    after: K,
    is_first: bool,
    is_begun: bool,
    read: F,
}

impl<K, F> Keyset<K, F> {
    /// From behind this key on.
    pub fn new(after: K, read: F) -> Self {
        Self { after, is_first: true, is_begun: false, read }
    }
}

impl<K, F> Reading for Keyset<K, F>
where
    K: Send,
    F: Fn(&mut Reader<'_>, &K, &mut Rows<'_, K>) -> Result<(), DbError> + Send,
{
    fn read(&mut self, db: &mut Reader<'_>, text: &mut Vec<u8>) -> Result<Found, DbError> {
        if !std::mem::replace(&mut self.is_begun, true) {
            text.push(b'[');
        }
        let mut rows = Rows { text, is_first: &mut self.is_first, last: None, count: 0 };
        (self.read)(db, &self.after, &mut rows)?;
        let Rows { last, count, .. } = rows;
        if let Some(last) = last {
            self.after = last;
        }
        if count >= ROWS {
            return Ok(Found::More);
        }
        text.push(b']');
        Ok(Found::Whole)
    }
}
