use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Change, Error, FieldErrors};

/// What a client is told of a field that it left out.
pub const REQUIRED: &str = "This field is required";

/// The members of a JSON object, read one by one. What is wrong with each is gathered, so that the
/// client learns of all at once.
pub struct Fields<'b> {
    members: &'b BTreeMap<String, Box<RawValue>>,
    errors: FieldErrors,
}

impl<'b> Fields<'b> {
    /// Nothing read yet, nothing wrong yet.
    pub fn new(members: &'b BTreeMap<String, Box<RawValue>>) -> Self {
        Self { members, errors: FieldErrors::new() }
    }

    /// Notes what is wrong with a field, unless something else already is.
    pub fn refuse(&mut self, field: &'static str, message: impl Into<String>) {
        self.errors.entry(field).or_insert_with(|| message.into());
    }

    /// A string as it comes. `null` means left out.
    pub fn text(&mut self, field: &'static str) -> Option<String> {
        match self.value(field)? {
            Value::String(text) => Some(text),
            _ => {
                self.refuse(field, "Must be a string");
                None
            }
        }
    }

    /// A string that has to be there, as it comes; an empty one counts as left out.
    pub fn required_text(&mut self, field: &'static str) -> Option<String> {
        let text = self.text(field).filter(|text| !text.is_empty());
        if text.is_none() {
            self.refuse(field, REQUIRED);
        }
        text
    }

    /// A trimmed string, read by `parse`; a blank one counts as left out.
    pub fn optional<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(String) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(field).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
        parse(text).map_err(|message| self.refuse(field, message)).ok()
    }

    /// As [`Fields::optional`], for a string that has to be there.
    pub fn required<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(String) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.optional(field, parse);
        if value.is_none() {
            self.refuse(field, REQUIRED);
        }
        value
    }

    /// `true` or `false`. `null` means left out.
    pub fn boolean(&mut self, field: &'static str) -> Option<bool> {
        match self.value(field)? {
            Value::Bool(truth) => Some(truth),
            _ => {
                self.refuse(field, "Must be true or false");
                None
            }
        }
    }

    /// An integer, read by `parse`. `null` means left out.
    pub fn integer<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(i64) -> Result<T, String>,
    ) -> Option<T> {
        let Some(integer) = self.value(field)?.as_i64() else {
            self.refuse(field, "Must be an integer");
            return None;
        };
        parse(integer).map_err(|message| self.refuse(field, message)).ok()
    }

    /// A list, read by `parse`. `null` means left out.
    pub fn list<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(Vec<Value>) -> Result<T, String>,
    ) -> Option<T> {
        match self.value(field)? {
            Value::Array(values) => parse(values).map_err(|message| self.refuse(field, message)).ok(),
            _ => {
                self.refuse(field, "Must be a list");
                None
            }
        }
    }

    /// A list of strings as they come, read by `parse`. `null` means left out.
    pub fn texts<T>(
        &mut self,
        field: &'static str,
        parse: impl FnOnce(Vec<String>) -> Result<T, String>,
    ) -> Option<T> {
        let texts = |values: Vec<Value>| -> Result<Vec<String>, String> {
            let text = |(index, value)| match value {
                Value::String(text) => Ok(text),
                _ => Err(format!("{field}[{index}]: Must be a string")),
            };
            values.into_iter().enumerate().map(text).collect()
        };
        self.list(field, |values| parse(texts(values)?))
    }

    /// What a merge patch says of a member that `read` reads: what that takes for left out, such as
    /// `null` and a blank text, clears it where the member is there.
    pub fn change<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Self, &'static str) -> Option<T>,
    ) -> Change<T> {
        if !self.members.contains_key(field) {
            return Change::Keep;
        }
        read(self, field).map_or(Change::Clear, Change::Set)
    }

    /// What was built of the fields, if nothing was wrong with any. `built` is `None` only where a
    /// field that has to be there was refused.
    ///
    /// # Errors
    /// A 400 on all that was refused.
    pub fn finish<T>(self, built: Option<T>) -> Result<T, Error> {
        match built {
            Some(built) if self.errors.is_empty() => Ok(built),
            _ => Err(Error::of_fields(self.errors)),
        }
    }

    fn value(&mut self, field: &'static str) -> Option<Value> {
        match serde_json::from_str(self.members.get(field)?.get()) {
            Ok(Value::Null) => None,
            Ok(value) => Some(value),
            // JSON's grammar lets through what has no value: "\ud800", 1e999.
            Err(_) => {
                self.refuse(field, "Is not a valid value");
                None
            }
        }
    }
}
