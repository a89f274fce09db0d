use std::sync::Arc;

use serde::Serialize;

use super::Rows;
use super::rows::Keyset;
use crate::auth::UserId;
use crate::db::{DbError, Reader};

/// What a feature knows of a person: a member of the document.
#[derive(Clone)]
pub struct Part {
    pub(super) member: &'static str,
    begin: Arc<dyn Fn(UserId) -> Box<dyn Reading> + Send + Sync>,
}

/// A member that is being read, a piece at a time.
pub trait Reading: Send {
    /// Appends the next piece of its text, and says what there was.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    fn read(&mut self, db: &mut Reader<'_>, text: &mut Vec<u8>) -> Result<Found, DbError>;
}

/// What a piece was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There is nothing to show, which is `null`.
    Nothing,
    /// It was all of it, or the last of it.
    Whole,
    /// There can be more.
    More,
}

impl Part {
    /// One object, or `null`.
    pub fn object<T, F>(member: &'static str, read: F) -> Self
    where
        T: Serialize,
        F: Fn(&mut Reader<'_>, UserId) -> Result<Option<T>, DbError> + Copy + Send + Sync + 'static,
    {
        Self { member, begin: Arc::new(move |user| Box::new(Object { user, read })) }
    }

    /// A list, read in the order of a key: the rows after the one with that key, as many as
    /// [`Rows::at_most`] says. Nothing comes before `first`.
    pub fn list<K, F>(member: &'static str, first: K, read: F) -> Self
    where
        K: Clone + Send + Sync + 'static,
        F: Fn(&mut Reader<'_>, UserId, &K, &mut Rows<'_, K>) -> Result<(), DbError>
            + Copy
            + Send
            + Sync
            + 'static,
    {
        let begin = move |user| -> Box<dyn Reading> {
            let first = first.clone();
            Box::new(Keyset::new(first, move |db: &mut Reader<'_>, after: &K, rows: &mut Rows<'_, K>| {
                read(db, user, after, rows)
            }))
        };
        Self { member, begin: Arc::new(begin) }
    }

    pub(super) fn begin(&self, user: UserId) -> Box<dyn Reading> {
        (self.begin)(user)
    }
}

struct Object<F> {
    user: UserId,
    read: F,
}

impl<T, F> Reading for Object<F>
where
    T: Serialize,
    F: Fn(&mut Reader<'_>, UserId) -> Result<Option<T>, DbError> + Send,
{
    fn read(&mut self, db: &mut Reader<'_>, text: &mut Vec<u8>) -> Result<Found, DbError> {
        let found = (self.read)(db, self.user)?;
        append(text, &found)?;
        Ok(if found.is_some() { Found::Whole } else { Found::Nothing })
    }
}

/// Appends a value as JSON.
pub fn append(text: &mut Vec<u8>, value: &impl Serialize) -> Result<(), DbError> {
    serde_json::to_writer(text, value).map_err(|error| DbError::Failed(error.to_string()))
}
