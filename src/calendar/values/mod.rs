//! What an event or one of its occurrences says of itself, and changes of it.

mod categories;
mod changes;
mod choices;
mod reminders;

use chrono::{DateTime, Utc};

pub use categories::Categories;
pub use changes::Changes;
pub use choices::{ShowAs, Status, Visibility};
pub use reminders::{Method, Reminder, Reminders};

/// The members that an event and each of its occurrences have. What is `None` is not set, or is what it is by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    /// At most 255 bytes.
    pub title: String,
    /// At most 2,000 bytes.
    pub description: Option<String>,
    /// When it begins.
    pub start_at: DateTime<Utc>,
    /// When it ends: not before it begins.
    pub end_at: DateTime<Utc>,
    /// Whether it takes the whole of its days.
    pub is_all_day: bool,
    /// At most 255 bytes.
    pub location: Option<String>,
    /// At most 32 bytes.
    pub color: Option<String>,
    /// Whether it takes place.
    pub status: Option<Status>,
    /// Whether its time is taken.
    pub show_as: Option<ShowAs>,
    /// Who may know of it.
    pub visibility: Option<Visibility>,
    /// Where there is more of it: at most 2,000 bytes.
    pub url: Option<String>,
    /// What it belongs to.
    pub categories: Option<Categories>,
    /// When to be reminded of it.
    pub reminders: Option<Reminders>,
}

impl Values {
    /// Whether something is set that CALENDAR_EVENTS has no column for.
    pub fn is_beside(&self) -> bool {
        self.status.is_some()
            || self.show_as.is_some()
            || self.visibility.is_some()
            || self.url.is_some()
            || self.categories.is_some()
            || self.reminders.is_some()
    }
}
