use std::collections::BTreeMap;

use crate::http::{Error, FieldErrors, Form};

/// What a form's fields have, and what is wrong with each.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    values: BTreeMap<&'static str, Vec<String>>,
    errors: FieldErrors,
}

impl Filled {
    /// A form that was refused, as it was filled in, but for passwords: those are not sent back.
    pub fn refused(form: &Form, fields: &[&'static str], error: &Error) -> Self {
        let filled = fields.iter().map(|field| (*field, form.all(field).map(str::to_owned).collect()));
        Self { values: filled.collect(), errors: error.fields().clone() }
    }

    /// With this in a field.
    pub fn with(mut self, field: &'static str, value: impl Into<String>) -> Self {
        self.values.insert(field, vec![value.into()]);
        self
    }

    /// What a field has; of several of the name the first.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Whether a field, or one of several of the name, has just this.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.get(field).is_some_and(|values| values.iter().any(|one| one == value))
    }

    /// What is wrong with a field, for a person.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.get(field).map(String::as_str)
    }

    /// Whether it is the field to begin with: the first one that something is wrong with, of these in their order.
    pub fn is_first(&self, field: &str, order: &str) -> bool {
        order.split(' ').find(|one| self.errors.contains_key(one)) == Some(field)
    }

    /// What is wrong with what is no field of the form.
    pub fn others(&self, fields: &str) -> Vec<&str> {
        let is_other = |field: &str| fields.split(' ').all(|one| one != field);
        self.errors.iter().filter(|(field, _)| is_other(field)).map(|(_, why)| why.as_str()).collect()
    }

    /// Whether something is wrong.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }
}
