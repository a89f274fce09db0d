//! All that is known of a person, as one document. Each feature gives its part of it, and whoever hands it out,
//! over HTTP or into a file, writes its pieces as they come.

mod document;
mod part;
mod rows;

use std::sync::Arc;

use chrono::Utc;
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::auth::UserId;
use crate::db::{Db, DbError};

pub use document::Document;
pub use part::Part;
pub use rows::{ROWS, Rows};

/// What a document is made of.
#[derive(Clone)]
pub struct Export {
    parts: Arc<[Part]>,
}

impl Export {
    /// Of these parts, in their order. The first one is there where the person is.
    pub fn new(parts: Vec<Part>) -> Self {
        Self { parts: parts.into() }
    }

    /// Begins a person's document: its first part is read. `None`: there is no such person.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn begin(&self, db: &Db, user: UserId) -> Result<Option<Document>, DbError> {
        Document::begin(db.clone(), user, Utc::now(), Arc::clone(&self.parts)).await
    }

    /// Writes a person's document. Says whether there is such a person; if not, nothing is written.
    ///
    /// # Errors
    /// The writer's; or the database's, as [`Db::read`] gives it. What was written by then is no whole document.
    pub async fn write(
        &self,
        db: &Db,
        user: UserId,
        out: &mut (impl AsyncWrite + Unpin),
    ) -> std::io::Result<bool> {
        let begun = self.begin(db, user).await.map_err(std::io::Error::other)?;
        let Some(mut document) = begun else { return Ok(false) };
        while let Some(piece) = document.next().await.map_err(std::io::Error::other)? {
            out.write_all(&piece).await?;
        }
        out.flush().await.map(|()| true)
    }
}
