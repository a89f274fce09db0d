//! What the routes of the API and the pages do alike.

use super::answer::{Answered, answer as answer_one};
use super::queries;
use crate::auth::UserId;
use crate::calendar::sharing::error::{NoSuchOffer, NoSuchShare};
use crate::calendar::sharing::shares::{Share, ShareId};
use crate::db::{Db, DbError, Reader};
use crate::http::{Body, Error, REQUIRED};

/// What is offered to the user by id, after one of the offers so many at most.
///
/// # Errors
/// As [`Db::read`].
pub async fn list(db: &Db, user: UserId, beginning: (i64, i64)) -> Result<Vec<Share>, DbError> {
    db.read("list_offers", move |db: &mut Reader<'_>| queries::list(db, user, beginning)).await
}

/// Accepts an offer, or declines it, as a body says.
///
/// # Errors
/// A 400 on `accept`; a 404 on `id`; a 503 where the database does not answer.
pub async fn answer(
    db: &Db,
    user: UserId,
    id: Result<ShareId, NoSuchShare>,
    body: &Body,
) -> Result<Answered, Error> {
    let id = id.map_err(|_| NoSuchOffer)?;
    let mut fields = body.fields();
    let accepts = fields.boolean("accept");
    if accepts.is_none() {
        fields.refuse("accept", REQUIRED);
    }
    let accepts = fields.finish(accepts)?;
    Ok(db.unit("answer_offer", move |db| answer_one(db, user, id, accepts)).await??)
}
