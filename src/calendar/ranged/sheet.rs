use std::ops::ControlFlow;

use chrono::{DateTime, Utc};

use super::Key;
use super::bounds::EARLIEST;
use crate::calendar::list::Sink;
use crate::calendar::whole::WholeEvent;
use crate::db::DbError;

/// A page while it is written.
pub struct Sheet<S> {
    list: S,
    /// How many events it still has room for.
    room: usize,
    after: Option<Key>,
    last: Option<Key>,
    has_more: bool,
}

impl<S: Sink + Default> Sheet<S> {
    /// An empty one, for this many events that come after this key.
    pub fn new(limit: usize, after: Option<Key>) -> Self {
        Self { list: S::default(), room: limit, after, last: None, has_more: false }
    }

    /// Whether a key is behind the page before.
    pub fn begins_before(&self, key: Key) -> bool {
        self.after.is_none_or(|after| key > after)
    }

    /// Nothing that it shows begins earlier.
    pub fn after(&self) -> DateTime<Utc> {
        self.after.map_or(EARLIEST, |(start_at, _)| start_at)
    }

    /// Writes an event, in the order of the keys. `Break`: there was no room, and there is a next page.
    ///
    /// # Errors
    /// The list's own.
    pub fn write(&mut self, key: Key, event: &WholeEvent<'_>) -> Result<ControlFlow<()>, DbError> {
        if self.room == 0 {
            self.has_more = true;
            return Ok(ControlFlow::Break(()));
        }
        self.list.add(event)?;
        (self.room, self.last) = (self.room - 1, Some(key));
        Ok(ControlFlow::Continue(()))
    }

    /// The list, and the key of its last event where there is a next page.
    pub fn done(self) -> (S, Option<Key>) {
        (self.list, self.last.filter(|_| self.has_more))
    }
}
