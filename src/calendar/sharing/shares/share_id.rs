use rocket::request::FromParam;

use crate::calendar::sharing::error::NoSuchShare;
use crate::id::positive_integer;

/// SHARES.ID. What is no id in a path names no share: there is nothing to ask the database for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareId(pub i64);

impl<'a> FromParam<'a> for ShareId {
    type Error = NoSuchShare;

    fn from_param(segment: &'a str) -> Result<Self, NoSuchShare> {
        positive_integer(segment).map(Self).ok_or(NoSuchShare)
    }
}
