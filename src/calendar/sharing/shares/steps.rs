//! What the routes of calendars and those of events do alike.

use rocket::State;
use rocket::http::Status;
use rocket::serde::json::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::draft::{ShareDraft, SharePatch};
use super::{OfferLimit, Share, ShareId, Subject, offer::offer, queries};
use crate::auth::UserId;
use crate::calendar::sharing::NoAccess;
use crate::calendar::sharing::error::NoSuchShare;
use crate::db::{Db, DbError, Reader, Unit};
use crate::http::{Body, Error, Page, Paged};

#[derive(Serialize, ToSchema)]
#[schema(as = ShareDeleted)]
pub struct Deleted {
    #[schema(example = "Share deleted successfully")]
    message: &'static str,
}

pub async fn create(
    db: &State<Db>,
    limit: &State<OfferLimit>,
    user: UserId,
    subject: Subject,
    body: &Body,
) -> Result<(Status, Json<Share>), Error> {
    let draft = ShareDraft::read(body, subject)?;
    let limit = **limit;
    let offered = db.unit("offer_share", move |db| offer(db, user, subject, &draft, limit)).await??;
    Ok((Status::Created, Json(offered)))
}

pub async fn list(
    db: &State<Db>,
    user: UserId,
    subject: Subject,
    page: Page<i64>,
) -> Result<Paged<Share>, Error> {
    let beginning = (page.after().copied().unwrap_or(0), page.rows());
    let list = move |db: &mut Reader<'_>| {
        let shares = queries::list(db, user, subject, beginning)?;
        // Nothing is shared of it, or it is not seen at all.
        Ok(if shares.is_empty() && !subject.is_seen(db, user)? { None } else { Some(shares) })
    };
    let shares = db.read("list_shares", list).await?.ok_or_else(|| subject.not_found())?;
    Ok(page.of(shares, |share| share.id))
}

pub async fn read(
    db: &State<Db>,
    user: UserId,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
) -> Result<Json<Share>, Error> {
    let read = move |db: &mut Reader<'_>| {
        let Ok(share) = share else { return missing(db, user, subject) };
        match queries::find(db, user, subject, share)? {
            Some(found) => Ok(Ok(found)),
            None => missing(db, user, subject),
        }
    };
    Ok(Json(db.read("read_share", read).await??))
}

pub async fn patch(
    db: &State<Db>,
    user: UserId,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
    body: &Body,
) -> Result<Json<Share>, Error> {
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
    Ok(Json(db.unit("patch_share", change).await??))
}

pub async fn delete(
    db: &State<Db>,
    user: UserId,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
) -> Result<Json<Deleted>, Error> {
    let delete = move |db: &mut Unit<'_>| match share {
        Ok(share) if queries::delete(db.last(), user, subject, share)? => Ok(Ok(())),
        _ => missing(db, user, subject),
    };
    db.unit("delete_share", delete).await??;
    Ok(Json(Deleted { message: "Share deleted successfully" }))
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
