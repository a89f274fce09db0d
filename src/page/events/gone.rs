use rocket::http::Status;

use super::back::asked_for;
use super::choices::Choices;
use super::drawn::fields;
use super::form::FormPage;
use crate::calendar::Calendar;
use crate::http::{Error, FieldErrors, Form};
use crate::page::filled::Filled;
use crate::page::visitor::Visitor;

/// Whether there is no such event any more, rather than no such occurrence.
pub fn is_gone(error: &Error) -> bool {
    error.status() == Status::NotFound && error.fields().contains_key("id")
}

/// The form of an event that somebody has deleted meanwhile: as it was sent, and it makes a new one.
pub fn gone(visitor: &Visitor, calendars: &[Calendar], form: &Form) -> (Status, Box<FormPage>) {
    let why = "This event is not there any more. What you typed is below: Save makes a new event of it";
    let sent = Filled::sent(form, &fields()).wrong(FieldErrors::from([("id", why.into())]));
    // One occurrence of a series is no series.
    let sent =
        if sent.has("scope", "this") { sent.with("repeats", "never").with("recurrence", "") } else { sent };
    let choices = Choices::of_new(visitor, calendars);
    (Status::NotFound, Box::new(FormPage::new(visitor, sent, choices, asked_for(form))))
}
