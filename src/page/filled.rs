use std::collections::BTreeMap;

use crate::http::{Error, FieldErrors, Form};

/// What a form's fields have, and what is wrong with each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    values: BTreeMap<&'static str, Vec<String>>,
    errors: FieldErrors,
}

impl Filled {
    /// These fields of a form, as far as it has them.
    pub fn sent(form: &Form, fields: &[&'static str]) -> Self {
        let filled = fields.iter().map(|field| (*field, form.all(field).map(str::to_owned).collect()));
        let filled = filled.filter(|(_, values): &(_, Vec<String>)| !values.is_empty());
        Self { values: filled.collect(), errors: FieldErrors::new() }
    }

    /// A form that was refused, as it was filled in, but for passwords: those are not sent back.
    pub fn refused(form: &Form, fields: &[&'static str], error: &Error) -> Self {
        Self::sent(form, fields).wrong(error.fields().clone())
    }

    /// With this in a field.
    pub fn with(self, field: &'static str, value: impl Into<String>) -> Self {
        self.with_all(field, [value.into()])
    }

    /// With these in all fields of a name.
    pub fn with_all(mut self, field: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        self.values.insert(field, values.into_iter().collect());
        self
    }

    /// With what another one has in its fields.
    pub fn and(mut self, other: Self) -> Self {
        self.values.extend(other.values);
        self.errors.extend(other.errors);
        self
    }

    /// With what is wrong with its fields.
    pub fn wrong(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    /// What a field has; of several of the name the first.
    pub fn value(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// What all fields of a name have.
    pub fn all(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// Whether there is a field of the name.
    pub fn has_any(&self, field: &str) -> bool {
        !self.all(field).is_empty()
    }

    /// Whether a field, or one of several of the name, has just this.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).iter().any(|one| one == value)
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
