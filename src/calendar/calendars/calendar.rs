use serde::Serialize;
use utoipa::ToSchema;

use crate::calendar::sharing::{self, Person, ShareVersion};
use crate::time::ZoneName;

/// A calendar, as one of those see it who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CalendarMembers)]
pub struct Calendar {
    /// Names it among all calendars, and is never given to another.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// Without blanks around it.
    #[schema(example = "Personal")]
    pub name: String,
    /// As the client that wrote it spells colours.
    #[schema(required, example = "#FF5733")]
    pub color: Option<String>,
    /// What it is for.
    #[schema(required, example = "Mine alone")]
    pub description: Option<String>,
    /// Where its events are meant that say nothing else: its own, or the account's where it has none.
    pub time_zone: ZoneName,
    /// Whether it has the events that name no calendar. One has, always the same, and it stays.
    #[schema(example = true)]
    pub is_default: bool,
    /// What one may do with it.
    pub access: Access,
    /// Whose it is; `null` where it is one's own.
    #[schema(required)]
    pub owner: Option<Person>,
    /// By which share one sees it.
    #[serde(skip)]
    pub share: Option<ShareVersion>,
}

impl Calendar {
    /// Whether one may create events in it.
    pub fn may_be_written(&self) -> bool {
        matches!(self.access, Access::Owner | Access::Write)
    }
}

/// What somebody may do with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CalendarAccess)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Everything: it is one's own.
    Owner,
    /// Create, change and delete events, and neither share nor delete it.
    Write,
    /// See everything in it but what is private.
    Read,
    /// See when time is taken, and nothing else.
    Busy,
}

impl From<sharing::Access> for Access {
    fn from(access: sharing::Access) -> Self {
        match access {
            sharing::Access::Write => Self::Write,
            sharing::Access::Read => Self::Read,
            sharing::Access::Busy => Self::Busy,
        }
    }
}
