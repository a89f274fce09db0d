use chrono::{DateTime, Utc};

use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::series::{Series, frame_kept};
use crate::calendar::sharing::{Access, Shared};
use crate::calendar::values::{Values, Visibility};
use crate::time::ZoneName;

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// CALENDAR_EVENTS.ID.
    pub id: EventId,
    /// Whose calendar it is in.
    pub user: UserId,
    /// What it says of itself; of a series, its first occurrence.
    pub values: Values,
    /// Its row of EVENT_DETAILS.
    pub details: Option<Details>,
    /// Its row of EVENT_SERIES.
    pub series: Option<StoredSeries>,
    /// The owner's default calendar; `None` as long as they have needed none.
    pub default_calendar: Option<CalendarId>,
    /// The owner's time zone.
    pub owner_zone: ZoneName,
    /// How its reader sees it; `None`: it is their own.
    pub shared: Option<Shared>,
}

/// What stands beside an event that has anything new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The calendar that it is in.
    pub calendar: CalendarId,
    /// Its UID (RFC 5545, section 3.8.4.7): unique in its calendar.
    pub uid: String,
    /// Its resource of CalDAV, unique in its calendar.
    pub name: String,
    /// How often its times or its rule have changed (RFC 5545, section 3.8.7.4).
    pub sequence: i64,
    /// How often we have written it.
    pub revision: i64,
    /// The zone in which it is meant.
    pub time_zone: Option<ZoneName>,
}

/// What stands beside an event that repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSeries {
    /// The series, as of the event's present times.
    pub series: Series,
    /// Whether the event's row has other times than those that what is kept was computed from: somebody else has changed
    /// it, and what is kept is yet to be mended.
    pub is_stale: bool,
    /// Where ranges look for it: what is kept.
    pub ends_at: Option<DateTime<Utc>>,
}

impl StoredEvent {
    /// The zone in which it is meant, if it was given one.
    pub fn time_zone(&self) -> Option<&ZoneName> {
        self.details.as_ref().and_then(|details| details.time_zone.as_ref())
    }

    /// The zone of its local times, once it says this of itself and is meant in this zone.
    pub fn frame(&self, values: &Values, time_zone: Option<&ZoneName>) -> ZoneName {
        let kept = self.series.as_ref().map_or(&self.owner_zone, |stored| &stored.series.zone);
        frame_kept(values.start_at, values.is_all_day, time_zone, &self.owner_zone, kept)
    }

    /// Whether its reader may change what is of this visibility in it.
    pub fn may_be_written(&self, visibility: Option<Visibility>) -> bool {
        self.shared.as_ref().is_none_or(|shared| shared.access.to(visibility) == Access::Write)
    }

    /// Whether it is busy to everybody but its owner.
    pub fn is_private(&self) -> bool {
        Access::Write.to(self.values.visibility) == Access::Busy
    }

    /// How many of its occurrences say of themselves that they are private, or confidential.
    pub fn private_occurrences(&self) -> usize {
        self.series.as_ref().map_or(0, |stored| private_occurrences(&stored.series))
    }

    /// The calendar that its reader sees it in.
    pub fn seen_calendar(&self) -> Option<CalendarId> {
        self.calendar().filter(|_| self.shared.as_ref().is_none_or(|shared| shared.has_calendar))
    }

    /// The calendar that it is in; `None` where that is a default one which is yet to be made.
    pub fn calendar(&self) -> Option<CalendarId> {
        self.details.as_ref().map(|details| details.calendar).or(self.default_calendar)
    }
}

/// How many occurrences of a series say of themselves that they are private, or confidential.
pub fn private_occurrences(series: &Series) -> usize {
    let own = series.exceptions.values().filter_map(|exception| exception.changes.visibility.value());
    own.filter(|own| Access::Write.to(Some(**own)) == Access::Busy).count()
}
