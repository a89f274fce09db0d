use std::io::Cursor;

use rocket::Request;
use rocket::http::ContentType;
use rocket::response::{self, Responder, Response};
use serde::Serialize;

use super::whole::WholeEvent;
use crate::db::DbError;

/// Bytes of a list that are handed to the connection at once. Rocket's default of 4 KiB is a round
/// of its channel for every twenty events.
const CHUNK: usize = 64 * 1024;

/// A list of events as it is sent: the text of a JSON array, written while the rows are read.
pub struct EventList(Vec<u8>);

impl EventList {
    /// Without events.
    pub fn empty() -> Self {
        let mut text = Vec::with_capacity(8 * 1024);
        text.push(b'[');
        Self(text)
    }

    /// Adds an event at the end.
    ///
    /// # Errors
    /// The serializer's own, which no event gives.
    pub fn push(&mut self, event: &impl Serialize) -> Result<(), serde_json::Error> {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        serde_json::to_writer(&mut self.0, event)
    }
}

/// What is listed, one event after the other.
pub trait Sink {
    /// Adds an event at the end.
    ///
    /// # Errors
    /// `DbError`, with which nothing of the list is of use.
    fn add(&mut self, event: &WholeEvent<'_>) -> Result<(), DbError>;
}

impl Default for EventList {
    fn default() -> Self {
        Self::empty()
    }
}

impl Sink for EventList {
    fn add(&mut self, event: &WholeEvent<'_>) -> Result<(), DbError> {
        self.push(event).map_err(|error| DbError::Failed(error.to_string()))
    }
}

impl<'r> Responder<'r, 'static> for EventList {
    fn respond_to(mut self, _: &'r Request<'_>) -> response::Result<'static> {
        self.0.push(b']');
        let bytes = self.0.len();
        Response::build()
            .header(ContentType::JSON)
            .sized_body(bytes, Cursor::new(self.0))
            .max_chunk_size(bytes.min(CHUNK))
            .ok()
    }
}
