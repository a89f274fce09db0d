use std::sync::Arc;

use chrono::Utc;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::{
    Access, CalendarId, DatabaseName, Filter, Sink, StoredEvent, Wanted, WholeEvent, Window, list_range,
};
use crate::db::{Db, DbError};
use crate::http::Error;
use crate::page::views::agenda::{ListedDay, by_day};
use crate::page::views::entry::Taken;
use crate::page::visitor::Visitor;
use crate::time::{instant, timestamp};

/// So many events show what somebody will see.
const AT_MOST: usize = 3;

/// How far ahead they are looked for.
const YEARS: i32 = 2;

/// One's own events as others see them who have them shared.
#[derive(Default)]
struct Seen {
    /// By who sees when time is taken.
    busy: Taken,
    /// By who sees them.
    whole: Taken,
}

impl Sink for Seen {
    fn add(&mut self, event: &WholeEvent<'_>) -> Result<(), DbError> {
        // Neither shows what it is called elsewhere: the database's name does not matter.
        self.busy.add(&event.clone().seen_with(Access::Busy, ""))?;
        self.whole.add(&event.clone().seen_with(Access::Read, ""))
    }
}

impl Seen {
    fn listed(self, access: Access, visitor: &Visitor, from: Date) -> Vec<ListedDay> {
        let taken = if access == Access::Busy { self.busy } else { self.whole };
        let entries = taken.seen(&visitor.preferences.time_zone.rules(), &[], &[]);
        by_day(entries, (from, Date::MAX), visitor)
    }
}

/// The next few events of a calendar, as somebody with this access will see them.
///
/// # Errors
/// A 503 where the database does not answer.
pub async fn of_calendar(
    db: &Db,
    name: &DatabaseName,
    visitor: &Visitor,
    calendar: CalendarId,
    access: Access,
) -> Result<Vec<ListedDay>, Error> {
    let now = Utc::now();
    let zone = &visitor.preferences.time_zone;
    let later = timestamp(now).to_zoned(zone.rules()).checked_add(YEARS.years());
    let to = later.map_or(now, |later| instant(later.timestamp()));
    let window = Window::new(now, to, zone).map_err(Error::internal)?;
    let filter = Filter { calendars: Some(vec![calendar]), ..Filter::default() };
    let wanted = Arc::new(Wanted { window, filter });
    let (seen, _): (Seen, _) = list_range(db, name, visitor.user, wanted, (AT_MOST, None)).await?;
    Ok(seen.listed(access, visitor, visitor.today()))
}

/// An event, as somebody with this access will see it; of a series its first occurrence.
///
/// # Errors
/// None that an event of one's own gives.
pub fn of_event(event: &StoredEvent, visitor: &Visitor, access: Access) -> Result<Vec<ListedDay>, Error> {
    let mut seen = Seen::default();
    seen.add(&WholeEvent::of_stored(event, ""))?;
    Ok(seen.listed(access, visitor, Date::MIN))
}
