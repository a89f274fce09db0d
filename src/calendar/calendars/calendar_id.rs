use rocket::request::FromParam;

use super::error::NoSuchCalendar;
use crate::id::positive_integer;

/// CALENDARS.ID. What is no id in a path names no calendar: there is nothing to ask the database for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarId(pub i64);

impl CalendarId {
    /// Takes the number that a body names a calendar by.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn parse(id: i64) -> Result<Self, String> {
        if id > 0 { Ok(Self(id)) } else { Err("Must be the id of a calendar that one may write".into()) }
    }
}

impl<'a> FromParam<'a> for CalendarId {
    type Error = NoSuchCalendar;

    fn from_param(segment: &'a str) -> Result<Self, NoSuchCalendar> {
        positive_integer(segment).map(Self).ok_or(NoSuchCalendar)
    }
}
