use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use super::Wanted;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event::Event;
use crate::calendar::series::frame;
use crate::calendar::sharing::{Access, Person, Shared, read_levels};
use crate::calendar::store::{json, known};
use crate::calendar::values::{ShowAs, Status, Visibility};
use crate::calendar::whole::WholeEvent;
use crate::db::{DbError, Row, required};
use crate::time::ZoneName;

/// The column where those of [`read_levels`] begin; behind them is the owner.
const SHARED: usize = 19;

/// Reads single events out of rows, and keeps from one to the next what many of them share.
pub struct Singles<'w> {
    wanted: &'w Wanted,
    /// The name of the database.
    database: &'w str,
    /// The zones that columns have named. What a newer tz database has put there can be unknown here.
    zones: HashMap<String, Option<ZoneName>>,
    /// Those whose events are shared, with what the last row said of it.
    owners: BTreeMap<i64, Shared>,
    /// The UID of an event that was given none.
    uid: String,
    /// Whether an event that is to be shown is in a default calendar that is yet to be made.
    pub is_homeless: bool,
}

impl<'w> Singles<'w> {
    /// None read yet.
    pub fn new(wanted: &'w Wanted, database: &'w str, owners: Vec<Person>) -> Self {
        let shared = |owner: Person| (owner.id, Shared { access: Access::Busy, owner, has_calendar: false });
        Self {
            wanted,
            database,
            zones: HashMap::new(),
            owners: owners.into_iter().map(shared).collect(),
            uid: String::new(),
            is_homeless: false,
        }
    }

    /// The event of a row, whose first columns were read; `None`: it is not to be shown, or there is no calendar yet to say that
    /// it is in.
    pub fn read<'r>(
        &'r mut self,
        event: Event<'r>,
        row: &'r dyn Row,
    ) -> Result<Option<WholeEvent<'r>>, DbError> {
        let has_details = row.integer(8)?;
        let zone = match has_details {
            Some(_) => self.zone(row, 10)?,
            None => None,
        };
        let Some(zone_of_days) = self.takes_place(row, &event, zone.as_ref())? else { return Ok(None) };
        let calendar = match has_details {
            Some(calendar) => Some(calendar),
            None => row.integer(17)?,
        };
        let owner = row.integer(SHARED + 2)?;
        if !owner.map_or(Ok(true), |owner| self.read_levels(owner, row))? {
            return Ok(None);
        }
        let shared = owner.and_then(|owner| self.owners.get(&owner));
        let seen = calendar.filter(|_| shared.is_none_or(|shared| shared.has_calendar));
        if !self.wanted.filter.takes_calendar(seen.map(CalendarId)) {
            return Ok(None);
        }
        let uid = match has_details {
            Some(_) => required(row.text(9)?, "UID_TEXT")?,
            None => {
                self.uid.clear();
                // Writing to a text does not fail.
                let _ = write!(self.uid, "{}@{}", event.id, self.database);
                Cow::Borrowed(&*self.uid)
            }
        };
        let mut whole = WholeEvent {
            event,
            calendar_id: calendar,
            uid,
            time_zone: zone.map(|zone| Cow::Owned(zone.as_str().to_owned())),
            recurrence: None,
            occurrence: None,
            status: None,
            show_as: None,
            visibility: None,
            url: None,
            categories: None,
            reminders: None,
            access: None,
            owner: None,
            zone_of_days,
        };
        if has_details.is_some() {
            whole.status = known("STATUS", row.text(11)?.map(|text| Status::parse(&text)));
            whole.show_as = known("SHOW_AS", row.text(12)?.map(|text| ShowAs::parse(&text)));
            whole.visibility = known("VISIBILITY", row.text(13)?.map(|text| Visibility::parse(&text)));
            whole.url = row.text(14)?;
            whole.categories = json("CATEGORIES", row, 15)?.map(Cow::Owned);
            whole.reminders = json("REMINDERS", row, 16)?.map(Cow::Owned);
        }
        let shared = owner.and_then(|owner| self.owners.get(&owner));
        self.is_homeless = calendar.is_none() && shared.is_none();
        let whole = whole.seen_by(shared, self.database);
        Ok(Some(whole).filter(|whole| !self.is_homeless && self.wanted.filter.takes(whole)))
    }

    /// What the reader may do with the event of a row. `false`: its owner has come to share something since the list was begun,
    /// and is not in it.
    fn read_levels(&mut self, owner: i64, row: &dyn Row) -> Result<bool, DbError> {
        let (Some(shared), Some(levels)) = (self.owners.get_mut(&owner), read_levels(row, SHARED)?) else {
            return Ok(false);
        };
        shared.set(levels);
        Ok(true)
    }

    /// Whether it lies within the range: the zone of its days, where it takes the whole of them.
    fn takes_place(
        &mut self,
        row: &dyn Row,
        event: &Event<'_>,
        zone: Option<&ZoneName>,
    ) -> Result<Option<Option<TimeZone>>, DbError> {
        let (start_at, end_at): (DateTime<Utc>, _) = (event.start_at, event.end_at);
        if !event.is_all_day {
            return Ok(self.wanted.window.holds(start_at, end_at).then_some(None));
        }
        let owner = self.zone(row, 18)?.unwrap_or_default();
        let zone = frame(start_at, true, zone, &owner).rules();
        Ok(self.wanted.window.holds_days(start_at, end_at, &zone).then_some(Some(zone)))
    }

    fn zone(&mut self, row: &dyn Row, column: usize) -> Result<Option<ZoneName>, DbError> {
        let Some(name) = row.text(column)? else { return Ok(None) };
        if let Some(zone) = self.zones.get(&*name) {
            return Ok(zone.clone());
        }
        let zone = known("TIME_ZONE", Some(ZoneName::parse(&name)));
        self.zones.insert(name.into_owned(), zone.clone());
        Ok(zone)
    }
}
