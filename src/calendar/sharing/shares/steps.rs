//! What the routes of calendars, those of events, and the pages of both do alike.

use std::collections::BTreeMap;

use super::draft::{ShareDraft, SharePatch};
use super::offer::{known, offer};
use super::{Counted, OfferLimit, Share, ShareId, Subject, queries};
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::sharing::NoAccess;
use crate::calendar::sharing::error::NoSuchShare;
use crate::db::{Db, DbError, Reader, Unit};
use crate::http::{Body, Error};

/// What is offered to an address, as a body says.
///
/// # Errors
/// A 400 on every field that is wrong, or on `email` where it is one's own; a 403 on `access` where it is somebody else's; a 404
/// on `id`; a 429 where there were too many; a 503 where the database does not answer.
pub async fn create(
    db: &Db,
    limit: OfferLimit,
    user: UserId,
    subject: Subject,
    body: &Body,
) -> Result<Share, Error> {
    let draft = ShareDraft::read(body, subject)?;
    Ok(db.unit("offer_share", move |db| offer(db, user, subject, &draft, limit)).await??)
}

/// What a body would offer of what is the user's, before anything is done.
///
/// # Errors
/// As [`create`], but for what that alone can know.
pub async fn review(db: &Db, user: UserId, subject: Subject, body: &Body) -> Result<ShareDraft, Error> {
    let draft = ShareDraft::read(body, subject)?;
    let look = move |db: &mut Reader<'_>| Ok(known(db, user, subject, &draft)?.map(|_| draft));
    Ok(db.read("review_share", look).await??)
}

/// The shares of what is the user's by id, after one of them so many at most; of what somebody else shares with them, their own.
///
/// # Errors
/// A 404 on `id`; a 503 where the database does not answer.
pub async fn list(
    db: &Db,
    user: UserId,
    subject: Subject,
    beginning: (i64, i64),
) -> Result<Vec<Share>, Error> {
    let list = move |db: &mut Reader<'_>| {
        let shares = queries::list(db, user, subject, beginning)?;
        // Nothing is shared of it, or it is not seen at all.
        Ok(if shares.is_empty() && !subject.is_seen(db, user)? { None } else { Some(shares) })
    };
    db.read("list_shares", list).await?.ok_or_else(|| subject.not_found())
}

/// With how many each of the user's calendars is shared, by its id.
///
/// # Errors
/// As [`Db::read`].
pub async fn count(db: &Db, user: UserId) -> Result<BTreeMap<CalendarId, Counted>, DbError> {
    let counted = db.read("count_shares", move |db| queries::count(db, user)).await?;
    Ok(counted.into_iter().collect())
}

/// One of them.
///
/// # Errors
/// As [`list`].
pub async fn read(
    db: &Db,
    user: UserId,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
) -> Result<Share, Error> {
    let read = move |db: &mut Reader<'_>| {
        let Ok(share) = share else { return missing(db, user, subject) };
        match queries::find(db, user, subject, share)? {
            Some(found) => Ok(Ok(found)),
            None => missing(db, user, subject),
        }
    };
    db.read("read_share", read).await?
}

/// Has a share let its receiver do what a body says.
///
/// # Errors
/// A 400 or a 403 on `access`; else as [`list`].
pub async fn patch(
    db: &Db,
    user: UserId,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
    body: &Body,
) -> Result<Share, Error> {
    let patch = SharePatch::read(body, subject)?;
    let change = move |db: &mut Unit<'_>| {
        let Ok(share) = share else { return missing(db, user, subject) };
        let is_changed = match patch.access {
            Some(access) => queries::update(db.last(), user, subject, share, (access, false))?,
            None => false,
        };
        match queries::find(db, user, subject, share)? {
            Some(found) if is_changed => Ok(Ok(found)),
            Some(found) => {
                is_owners(db, user, subject).map(|is| if is { Ok(found) } else { Err(NoAccess.into()) })
            }
            None => missing(db, user, subject),
        }
    };
    db.unit("patch_share", change).await?
}

/// Ends a share: its owner may, and its receiver.
///
/// # Errors
/// As [`list`].
pub async fn delete(
    db: &Db,
    user: UserId,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
) -> Result<(), Error> {
    let delete = move |db: &mut Unit<'_>| match share {
        Ok(share) if queries::delete(db.last(), user, subject, share)? => Ok(Ok(())),
        _ => missing(db, user, subject),
    };
    db.unit("delete_share", delete).await?
}

/// Whether it is the user's own that is shared.
fn is_owners(db: &mut Unit<'_>, user: UserId, subject: Subject) -> Result<bool, DbError> {
    queries::lock(db, user, subject)
}

/// A share that is not there, of what the user sees or does not.
fn missing<T>(db: &mut Reader<'_>, user: UserId, subject: Subject) -> Result<Result<T, Error>, DbError> {
    let is_seen = subject.is_seen(db, user)?;
    Ok(Err(if is_seen { NoSuchShare.into() } else { subject.not_found() }))
}
