use super::edit::may_be_written;
use super::scope::occurrence;
use crate::calendar::{DatabaseName, EventId, NoAccess, NoSuchEvent, RecurrenceId, SeenEvent, find_seen};
use crate::db::Db;
use crate::http::Error;
use crate::page::visitor::Visitor;

/// The event, or the occurrence of it, that an address or a form names, for who may change it.
///
/// # Errors
/// A 400 on `occurrence`, a 404 on it or on `id`, a 403 on `access`; a 503 where the database does not answer.
pub async fn writable(
    db: &Db,
    name: &DatabaseName,
    visitor: &Visitor,
    id: Result<EventId, NoSuchEvent>,
    named: Option<&str>,
) -> Result<SeenEvent, Error> {
    let seen = find_seen(db, name, visitor.user, id?, occurrence(named)?).await?;
    if may_be_written(&seen) { Ok(seen) } else { Err(NoAccess.into()) }
}

/// The same as it is by now.
///
/// # Errors
/// A 404 on `occurrence` or `id`; a 503 where the database does not answer.
pub async fn by_now(
    db: &Db,
    name: &DatabaseName,
    visitor: &Visitor,
    seen: &SeenEvent,
) -> Result<SeenEvent, Error> {
    find_seen(db, name, visitor.user, seen.id, seen.occurrence.map(RecurrenceId::of)).await
}
