use chrono::{DateTime, Utc};

use crate::calendar::{RecurrenceId, Target};
use crate::http::{Error, FieldErrors};
use crate::page::filled::Filled;
use crate::time;

/// Which occurrences of a series are meant: a form's `scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// `this`: the one that is seen.
    This,
    /// `following`: that one and all after it.
    Following,
    /// `all`: all of them. Of a single event, which has no such field, itself.
    All,
}

impl Scope {
    /// What a form says; of a single event there is nothing to say.
    ///
    /// # Errors
    /// Where it says nothing, or what there is not.
    pub fn read(form: &Filled, occurrence: Option<DateTime<Utc>>) -> Result<Self, FieldErrors> {
        match (occurrence, form.value("scope")) {
            (None, _) | (Some(_), "all") => Ok(Self::All),
            (Some(_), "this") => Ok(Self::This),
            (Some(_), "following") => Ok(Self::Following),
            (Some(_), _) => Err(FieldErrors::from([("scope", "Say which ones are meant".into())])),
        }
    }

    /// What of an event is meant then.
    pub fn target(self, occurrence: Option<DateTime<Utc>>) -> Target {
        match (self, occurrence.map(RecurrenceId::of)) {
            (_, None) => Target::Whole,
            (Self::This, Some(id)) => Target::Occurrence(id),
            (Self::Following, Some(id)) => Target::Following(id),
            (Self::All, Some(id)) => Target::Throughout(id),
        }
    }
}

/// The occurrence that an address or a form names, as RFC 3339 writes times. Nothing names none.
///
/// # Errors
/// A 400 on `occurrence` where it is no time.
pub fn occurrence(text: Option<&str>) -> Result<Option<RecurrenceId>, Error> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => {
            time::parse(text).map(RecurrenceId::of).map(Some).map_err(|why| Error::invalid("occurrence", why))
        }
    }
}
