use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::part::{Found, Part, Reading, append};
use crate::auth::UserId;
use crate::db::{Db, DbError};
use crate::time;

/// A document that is being read. No more of it is in memory than a page of rows, and no connection is held but
/// while one is read: how slowly its pieces are taken is nobody else's matter.
///
/// It is not the document of one moment, which only a connection could keep still for so long: each page is as
/// of when it is read. A row that is there from the beginning to the end is in it once.
pub struct Document {
    db: Db,
    user: UserId,
    parts: Arc<[Part]>,
    /// How many parts have been begun.
    begun: usize,
    /// The part that is not read to its end.
    open: Option<Box<dyn Reading>>,
    /// What has been read and not been given out.
    ready: Option<Vec<u8>>,
    is_over: bool,
}

#[derive(Serialize)]
struct At(#[serde(serialize_with = "time::serialize")] DateTime<Utc>);

impl Document {
    /// `None`: the first part is not there, and so is nobody.
    pub(super) async fn begin(
        db: Db,
        user: UserId,
        at: DateTime<Utc>,
        parts: Arc<[Part]>,
    ) -> Result<Option<Self>, DbError> {
        let mut text = br#"{"exported_at":"#.to_vec();
        append(&mut text, &At(at))?;
        let mut document = Self { db, user, parts, begun: 0, open: None, ready: None, is_over: false };
        let (text, found) = document.read(text).await?;
        document.ready = Some(text);
        Ok((found != Found::Nothing).then_some(document))
    }

    /// The next piece of the document's text, in UTF-8 when all of them are put together; `None` after the last.
    /// Only with that one the document is whole.
    ///
    /// # Errors
    /// As [`Db::read`]. There is no next piece then.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, DbError> {
        if let Some(text) = self.ready.take() {
            return Ok(Some(text));
        }
        if self.is_over {
            return Ok(None);
        }
        if self.open.is_none() && self.begun == self.parts.len() {
            self.is_over = true;
            return Ok(Some(b"}".to_vec()));
        }
        let read = self.read(Vec::new()).await;
        self.is_over = read.is_err();
        read.map(|(text, _)| Some(text))
    }

    /// Reads on in the part that is open, or begins the next one.
    async fn read(&mut self, mut text: Vec<u8>) -> Result<(Vec<u8>, Found), DbError> {
        let mut reading = match self.open.take() {
            Some(reading) => reading,
            None => {
                let part = &self.parts[self.begun];
                self.begun += 1;
                text.push(b',');
                append(&mut text, &part.member)?;
                text.push(b':');
                part.begin(self.user)
            }
        };
        let read = self.db.read("export", move |db| {
            let found = reading.read(db, &mut text)?;
            Ok((reading, text, found))
        });
        let (reading, text, found) = read.await?;
        self.open = (found == Found::More).then_some(reading);
        Ok((text, found))
    }
}
