use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Key;
use super::bounds::EARLIEST;
use crate::calendar::list::EventList;
use crate::db::DbError;

/// A page while it is written.
pub struct Sheet {
    list: EventList,
    /// How many events it still has room for.
    room: usize,
    after: Option<Key>,
    last: Option<Key>,
    has_more: bool,
}

impl Sheet {
    /// An empty one, for this many events that come after this key.
    pub fn new(limit: usize, after: Option<Key>) -> Self {
        Self { list: EventList::empty(), room: limit, after, last: None, has_more: false }
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
    /// The serializer's own, which no event gives.
    pub fn write(&mut self, key: Key, event: &impl Serialize) -> Result<ControlFlow<()>, DbError> {
        if self.room == 0 {
            self.has_more = true;
            return Ok(ControlFlow::Break(()));
        }
        self.list.push(event).map_err(|error| DbError::Failed(error.to_string()))?;
        (self.room, self.last) = (self.room - 1, Some(key));
        Ok(ControlFlow::Continue(()))
    }

    /// The list, and the key of its last event where there is a next page.
    pub fn done(self) -> (EventList, Option<Key>) {
        (self.list, self.last.filter(|_| self.has_more))
    }
}
