use rocket::http::Header;
use rocket::request::{FromRequest, Outcome};
use rocket::response::{self, Responder, Response};
use rocket::serde::json::Json;
use rocket::{Request, async_trait};
use serde::Serialize;

use super::link::Here;
use super::{Key, cursor};
use crate::http::{Error, FieldErrors, Twice, only};
use crate::id::positive_integer;

/// How many rows the pages of a list have.
#[derive(Debug, Clone, Copy)]
pub struct PageSize {
    /// Those of a page whose request does not say how many.
    pub unasked: i64,
    /// The most.
    pub most: i64,
}

/// That of a list that says nothing else: together with the one row more that is asked for, the rows of a page come in one
/// round trip.
const USUAL: PageSize = PageSize { unasked: 50, most: 1000 };

/// Which page of a list is asked for. As a guard it refuses, with a 400 on `limit` and on `cursor`, what is no
/// number from 1 to 1000 and what is no cursor of a list that is sorted by such a key.
pub struct Page<K> {
    limit: i64,
    after: Option<K>,
    here: Here,
}

/// A page as it is sent: the plain list, and where the next one is, if there is one.
pub struct Paged<T> {
    rows: Vec<T>,
    next: Option<Header<'static>>,
}

impl<K: Key> Page<K> {
    /// The key of the row after which it begins; `None`: it is the first page.
    pub fn after(&self) -> Option<&K> {
        self.after.as_ref()
    }

    /// How many rows to ask for: one more than the page shows, which tells whether there is a next one.
    pub fn rows(&self) -> i64 {
        self.limit + 1
    }

    /// How many rows the page shows at most.
    pub fn limit(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }

    /// The header that names the page after the one whose last row has this key.
    pub fn link(&self, last: &K) -> Header<'static> {
        Header::new("Link", self.here.next(&cursor::write(last)))
    }

    /// The page of these rows, in the order of their keys: at most as many as were to be [asked for](Self::rows).
    pub fn of<T>(self, mut rows: Vec<T>, key: impl FnOnce(&T) -> K) -> Paged<T> {
        let last = self.cut(&mut rows, key);
        Paged { rows, next: last.map(|last| self.link(&last)) }
    }

    /// Leaves of these rows those of the page. The key of the last one, where there is a page after it.
    pub fn cut<T>(&self, rows: &mut Vec<T>, key: impl FnOnce(&T) -> K) -> Option<K> {
        let shown = self.limit();
        let has_next = rows.len() > shown;
        rows.truncate(shown);
        rows.last().filter(|_| has_next).map(key)
    }

    /// Reads it from a request for a list with pages of this size. `None`: `errors` tells what is wrong.
    pub fn read(request: &Request<'_>, size: PageSize, errors: &mut FieldErrors) -> Option<Self> {
        let limit = match only(request, "limit") {
            Ok(None) => Some(size.unasked),
            Ok(Some(text)) => positive_integer(&text).filter(|limit| *limit <= size.most),
            Err(Twice) => None,
        };
        if limit.is_none() {
            errors.insert("limit", format!("Must be an integer from 1 to {}", size.most));
        }
        let after = match only(request, "cursor") {
            Ok(None) => Some(None),
            Ok(Some(text)) => cursor::read(&text).map(Some),
            Err(Twice) => None,
        };
        if after.is_none() {
            errors.insert("cursor", "Must be what the Link of a page of this list names".into());
        }
        limit.zip(after).map(|(limit, after)| Self { limit, after, here: Here::of(request) })
    }
}

#[async_trait]
impl<'r, K: Key> FromRequest<'r> for Page<K> {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let mut errors = FieldErrors::new();
        match Self::read(request, USUAL, &mut errors) {
            Some(page) => Outcome::Success(page),
            None => Error::of_fields(errors).in_guard(request),
        }
    }
}

impl<'r, T: Serialize> Responder<'r, 'static> for Paged<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from(Json(self.rows).respond_to(request)?);
        if let Some(next) = self.next {
            response.header(next);
        }
        response.ok()
    }
}
