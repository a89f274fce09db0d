use chrono::{DateTime, Utc};

use super::{Categories, Reminders, ShowAs, Status, Values, Visibility};
use crate::http::Change;

/// What is to be another, or is another, than what some [`Values`] say: a patch of an event, and what an occurrence has
/// for itself. `Clear` is never said of a title, a time or `is_all_day`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Changes {
    pub title: Change<String>,
    pub description: Change<String>,
    pub start_at: Change<DateTime<Utc>>,
    pub end_at: Change<DateTime<Utc>>,
    pub is_all_day: Change<bool>,
    pub location: Change<String>,
    pub color: Change<String>,
    pub status: Change<Status>,
    pub show_as: Change<ShowAs>,
    pub visibility: Change<Visibility>,
    pub url: Change<String>,
    pub categories: Change<Categories>,
    pub reminders: Change<Reminders>,
}

impl Changes {
    /// The values with what is said here in their place.
    pub fn applied_to(&self, values: &Values) -> Values {
        Values {
            title: self.title.clone().over(Some(values.title.clone())).unwrap_or_default(),
            description: self.description.clone().over(values.description.clone()),
            start_at: self.start_at.clone().over(Some(values.start_at)).unwrap_or(values.start_at),
            end_at: self.end_at.clone().over(Some(values.end_at)).unwrap_or(values.end_at),
            is_all_day: self.is_all_day.clone().over(Some(values.is_all_day)).unwrap_or_default(),
            location: self.location.clone().over(values.location.clone()),
            color: self.color.clone().over(values.color.clone()),
            status: self.status.clone().over(values.status),
            show_as: self.show_as.clone().over(values.show_as),
            visibility: self.visibility.clone().over(values.visibility),
            url: self.url.clone().over(values.url.clone()),
            categories: self.categories.clone().over(values.categories.clone()),
            reminders: self.reminders.clone().over(values.reminders.clone()),
        }
    }

    /// What makes the one of the other: nothing of what is the same.
    pub fn between(base: &Values, changed: &Values) -> Self {
        Self {
            title: Change::between(Some(&base.title), Some(&changed.title)),
            description: Change::between(base.description.as_ref(), changed.description.as_ref()),
            start_at: Change::between(Some(&base.start_at), Some(&changed.start_at)),
            end_at: Change::between(Some(&base.end_at), Some(&changed.end_at)),
            is_all_day: Change::between(Some(&base.is_all_day), Some(&changed.is_all_day)),
            location: Change::between(base.location.as_ref(), changed.location.as_ref()),
            color: Change::between(base.color.as_ref(), changed.color.as_ref()),
            status: Change::between(base.status.as_ref(), changed.status.as_ref()),
            show_as: Change::between(base.show_as.as_ref(), changed.show_as.as_ref()),
            visibility: Change::between(base.visibility.as_ref(), changed.visibility.as_ref()),
            url: Change::between(base.url.as_ref(), changed.url.as_ref()),
            categories: Change::between(base.categories.as_ref(), changed.categories.as_ref()),
            reminders: Change::between(base.reminders.as_ref(), changed.reminders.as_ref()),
        }
    }

    /// Whether something is said of when it is.
    pub fn has_time(&self) -> bool {
        self.start_at.is_given() || self.end_at.is_given()
    }

    /// Without what `named` says something of. When it begins and ends go together.
    pub fn without(self, named: &Self) -> Self {
        Self {
            title: self.title.unless(named.title.is_given()),
            description: self.description.unless(named.description.is_given()),
            start_at: self.start_at.unless(named.has_time()),
            end_at: self.end_at.unless(named.has_time()),
            is_all_day: self.is_all_day.unless(named.is_all_day.is_given()),
            location: self.location.unless(named.location.is_given()),
            color: self.color.unless(named.color.is_given()),
            status: self.status.unless(named.status.is_given()),
            show_as: self.show_as.unless(named.show_as.is_given()),
            visibility: self.visibility.unless(named.visibility.is_given()),
            url: self.url.unless(named.url.is_given()),
            categories: self.categories.unless(named.categories.is_given()),
            reminders: self.reminders.unless(named.reminders.is_given()),
        }
    }

    /// Whether nothing is said of anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
