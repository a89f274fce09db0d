use crate::db::{Bind, DbError, Reader, Unit, required};

/// The tables beside CALENDAR_EVENTS, those first that refer to others of them.
const BESIDE: [&str; 4] = ["EVENT_EXCEPTIONS", "EVENT_SERIES", "EVENT_DETAILS", "SHARES"];

/// Events that are gone, of which one of the tables still has rows: as many rows as asked for at most.
pub type Orphans = (&'static str, Vec<i64>);

/// What has outlived its event: another program can have deleted that without looking at keys. `None`: nothing has.
///
/// Plan: for each table the whole of its key, and each event by its own (by Oracle, an anti join of two keys).
pub fn find_orphans(db: &mut Reader<'_>, rows: i64) -> Result<Option<Orphans>, DbError> {
    for table in BESIDE {
        let mut events = db.rows(
            &format!(
                "SELECT T.EVENT_ID FROM {table} T LEFT JOIN CALENDAR_EVENTS E ON E.ID = T.EVENT_ID \
                 WHERE T.EVENT_ID IS NOT NULL AND E.ID IS NULL FETCH FIRST :at_most ROWS ONLY"
            ),
            &[("at_most", rows.into())],
            |row| required(row.integer(0)?, "EVENT_ID"),
        )?;
        if !events.is_empty() {
            events.sort_unstable();
            events.dedup();
            return Ok(Some((table, events)));
        }
    }
    Ok(None)
}

/// Deletes the rows of events that are still gone. Says how many.
///
/// Plan: a range of the table's key for each event, and the event by its own.
pub fn delete_orphans(db: &mut Unit<'_>, (table, events): &Orphans) -> Result<u64, DbError> {
    let rows: Vec<[Bind<'_>; 1]> = events.iter().map(|event| [("event_id", (*event).into())]).collect();
    let rows: Vec<&[Bind<'_>]> = rows.iter().map(<[_; 1]>::as_slice).collect();
    let sql = format!(
        "DELETE FROM {table} WHERE EVENT_ID = :event_id \
         AND NOT EXISTS (SELECT E.ID FROM CALENDAR_EVENTS E WHERE E.ID = {table}.EVENT_ID)"
    );
    let batched = db.last().batch(&sql, &rows)?;
    match batched.failed.into_iter().next() {
        Some((_, error)) => Err(error),
        None => Ok(batched.met.iter().sum()),
    }
}
