use std::collections::HashSet;
use std::ops::ControlFlow;

use rocket::Request;
use rocket::http::Header;
use rocket::response::{self, Responder};

use super::bounds::Bounds;
use super::occurrences::Occurrences;
use super::sheet::Sheet;
use super::single::Singles;
use super::{Key, Wanted, queries};
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::list::{EventList, Sink};
use crate::calendar::queries::read_event;
use crate::calendar::store::StoredEvent;
use crate::db::{DbError, Reader};

/// What was read.
pub struct Found<S> {
    /// The page.
    pub list: S,
    /// The key of its last event, where there is a next page.
    pub last: Option<Key>,
    /// Series whose events somebody else has changed, and whose they are: what is kept of them is to be mended.
    pub stale: Vec<(UserId, EventId)>,
}

/// Reads a page: of this many events, after this key. `None`: there are events of a default calendar that is yet to be made.
///
/// Series come first, so that an event that becomes a single one meanwhile is not there twice.
pub fn read<S: Sink + Default>(
    db: &mut Reader<'_>,
    user: UserId,
    wanted: &Wanted,
    (limit, after): (usize, Option<Key>),
    database: &str,
) -> Result<Option<Found<S>>, DbError> {
    let bounds = Bounds::of(&wanted.window, after.as_ref());
    let queries::Series { events, owners } = queries::series(db, user, &bounds)?;
    if events.iter().any(|event| event.calendar().is_none() && event.shared.is_none()) {
        return Ok(None);
    }
    let ids: HashSet<_> = events.iter().map(|event| event.id.0).collect();
    let mut sheet = Sheet::new(limit, after);
    let mut occurrences = Occurrences::of(&events, wanted, &sheet, database);
    let mut singles = Singles::new(wanted, database, owners);
    let mut is_full = false;
    queries::singles(db, user, &bounds, |row| {
        let event = read_event(row)?;
        let key = (event.start_at, (event.id, 0));
        if !sheet.begins_before(key) || ids.contains(&event.id) {
            return Ok(ControlFlow::Continue(()));
        }
        if let Some(event) = singles.read(event, row)? {
            is_full = occurrences.write_before(Some(key), &mut sheet)?.is_break()
                || sheet.write(key, &event)?.is_break();
        }
        Ok(if is_full || singles.is_homeless { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    if singles.is_homeless {
        return Ok(None);
    }
    if !is_full {
        let _ = occurrences.write_before(None, &mut sheet)?;
    }
    let (list, last) = sheet.done();
    let is_stale = |event: &&StoredEvent| event.series.as_ref().is_some_and(|stored| stored.is_stale);
    let stale = events.iter().filter(is_stale).map(|event| (event.user, event.id));
    Ok(Some(Found { list, last, stale: stale.collect() }))
}

/// A page as it is sent: the plain list, and where the next one is, if there is one.
pub struct Ranged {
    /// The list.
    pub list: EventList,
    /// What names the next page.
    pub next: Option<Header<'static>>,
}

impl<'r> Responder<'r, 'static> for Ranged {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = self.list.respond_to(request)?;
        if let Some(next) = self.next {
            response.set_header(next);
        }
        Ok(response)
    }
}
