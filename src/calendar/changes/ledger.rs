use std::collections::{BTreeMap, BTreeSet};

use super::difference::Difference;
use super::queries::{self, Compared};
use super::record::record;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::db::{Db, DbError, Reader};

/// Differences that one unit of work writes at most: a moment's work, so that on the embedded engine nobody waits for
/// it who writes something else.
const ROWS: i64 = 1000;

/// As often a request looks for so many at most. What is left is found by the next one.
const LOOKS: u32 = 20;

/// The ledgers of people's calendars.
pub struct Ledger {
    /// The last number of each calendar.
    pub last_numbers: BTreeMap<CalendarId, i64>,
    /// Whether they had everything already. Where they had not, another instance can have written it since, of which
    /// `last_numbers` say nothing.
    pub was_whole: bool,
    /// Whether they have everything that was committed when they were asked for.
    pub is_whole: bool,
}

/// What one look is for.
#[derive(Clone, Copy)]
enum Sought {
    /// Changed in a calendar, or not in it any more.
    Differing(UserId, CalendarId),
    /// Not in the ledger of the calendar where it is, with the default calendar.
    Added(UserId, Option<CalendarId>),
}

/// Has the ledgers of all calendars of these people as the events are. One round trip where they are so already; else for each
/// thousand differences one to find them, for those of each calendar one that takes their numbers, and one for each kind of change.
///
/// # Errors
/// As [`Db::unit`]. What was written stands: the next one goes on from there.
pub async fn bring_up_to_date(db: &Db, owners: BTreeSet<UserId>) -> Result<Ledger, DbError> {
    let owners: Vec<_> = owners.into_iter().map(|owner| owner.0).collect();
    let compared = db.read("compare_calendars", move |db| queries::compare(db, &owners)).await?;
    let last_numbers = compared.iter().map(|one| (one.calendar, one.last_number)).collect();
    let sought = sought(&compared);
    let mut ledger = Ledger { last_numbers, was_whole: sought.is_empty(), is_whole: true };
    let mut looks = 0..LOOKS;
    for sought in sought {
        let (mut after, mut has_more) = (0, true);
        while has_more {
            if looks.next().is_none() {
                ledger.is_whole = false;
                return Ok(ledger);
            }
            let found = db.read("find_changes", move |db| sought.find(db, after)).await?;
            has_more = found.len() >= ROWS as usize;
            let Some(last) = found.last() else { break };
            after = last.event;
            ledger.last_numbers.extend(db.unit("record_changes", move |db| record(db, &found)).await?);
        }
    }
    Ok(ledger)
}

/// What is to be looked for, after a comparison.
fn sought(compared: &[Compared]) -> Vec<Sought> {
    let differing = compared.iter().filter(|one| one.differing > 0);
    let mut sought: Vec<_> = differing.map(|one| Sought::Differing(one.owner, one.calendar)).collect();
    for of_one in compared.chunk_by(|one, next| one.owner == next.owner) {
        let known: i64 = of_one.iter().map(|one| one.known - one.gone).sum();
        let events: i64 = of_one.iter().filter_map(|one| one.events).sum();
        if let Some(first) = of_one.first().filter(|_| events > known) {
            let default = of_one.iter().find(|one| one.is_default);
            sought.push(Sought::Added(first.owner, default.map(|one| one.calendar)));
        }
    }
    sought
}

impl Sought {
    fn find(self, db: &mut Reader<'_>, after: i64) -> Result<Vec<Difference>, DbError> {
        match self {
            Self::Differing(owner, calendar) => queries::find_differing(db, owner, calendar, after, ROWS),
            Self::Added(owner, default) => queries::find_added(db, owner, default, after, ROWS),
        }
    }
}
