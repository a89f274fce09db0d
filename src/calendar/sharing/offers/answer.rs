use super::queries;
use crate::auth::UserId;
use crate::calendar::sharing::error::NoSuchOffer;
use crate::calendar::sharing::shares::{self, Share, ShareId, State};
use crate::db::{DbError, Unit};

/// Accepts what is offered, or declines it, as one unit of work: five round trips on Oracle, or two. The calendar, or the
/// event, is locked before its shares, as everywhere.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn answer(
    db: &mut Unit<'_>,
    user: UserId,
    offer: ShareId,
    accepts: bool,
) -> Result<Result<Share, NoSuchOffer>, DbError> {
    let Some(offer) = queries::find(db, user, offer)? else { return Ok(Err(NoSuchOffer)) };
    let state = match accepts {
        true => State::Accepted,
        false => State::Declined,
    };
    let is_there = match accepts {
        true => accept(db, user, &offer)?,
        false => queries::decline(db.last(), user, &offer)?,
    };
    Ok(if is_there { Ok(Share { state, ..offer.share }) } else { Err(NoSuchOffer) })
}

/// `false`: it is not offered any more, and what the user has had of the same stays.
fn accept(db: &mut Unit<'_>, user: UserId, offer: &queries::Offer) -> Result<bool, DbError> {
    if shares::lock(db, offer.owner, offer.subject)? {
        queries::delete_former(db, user, offer)?;
        if queries::accept(db, user, offer)? {
            return Ok(true);
        }
    }
    db.abandon()?;
    Ok(false)
}
