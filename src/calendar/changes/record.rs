use std::collections::BTreeMap;

use super::difference::Difference;
use super::queries::{self, Numbered};
use crate::calendar::calendars::CalendarId;
use crate::db::{DbError, Unit};

type Write = fn(&mut Unit<'_>, &[Numbered<'_>]) -> Result<(), DbError>;

/// Gives numbers to what differs, and has the ledgers as the events are: as one unit of work, of a round trip for each
/// calendar and each kind of change. Says the last number of each calendar that is still there.
///
/// What differs was found before anything was locked. So each row is written on the condition that it is the
/// one that was found; where it is not, another instance has been here, and what is still different then is found by the
/// next comparison. Heads are locked in the order of their ids, so that no two instances wait for each other.
pub fn record(db: &mut Unit<'_>, differences: &[Difference]) -> Result<BTreeMap<CalendarId, i64>, DbError> {
    let mut of_calendars = BTreeMap::<_, Vec<_>>::new();
    for difference in differences {
        of_calendars.entry(difference.calendar).or_default().push(difference);
    }
    let (mut added, mut changed, mut deleted) = (Vec::new(), Vec::new(), Vec::new());
    let mut last_numbers = BTreeMap::new();
    for (calendar, differences) in of_calendars {
        let count = i64::try_from(differences.len()).unwrap_or(i64::MAX);
        let Some(last) = queries::take_numbers(db, calendar, count)? else { continue };
        last_numbers.insert(calendar, last);
        for (number, difference) in (last - count + 1..).zip(differences) {
            let kind = match (difference.known, &difference.found) {
                (None, _) => &mut added,
                (Some(_), Some(_)) => &mut changed,
                (Some(_), None) => &mut deleted,
            };
            kind.push((difference, number));
        }
    }
    let writes: [(Write, _); 3] = [
        (queries::insert_events, added),
        (queries::update_events, changed),
        (queries::delete_events, deleted),
    ];
    let mut writes = writes.into_iter().filter(|(_, rows)| !rows.is_empty()).peekable();
    while let Some((write, rows)) = writes.next() {
        let is_last = writes.peek().is_none();
        write(if is_last { db.last() } else { db }, &rows)?;
    }
    Ok(last_numbers)
}
