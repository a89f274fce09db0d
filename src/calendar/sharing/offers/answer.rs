use super::queries;
use crate::auth::UserId;
use crate::calendar::sharing::Access;
use crate::calendar::sharing::error::NoSuchOffer;
use crate::calendar::sharing::shares::{self, Share, ShareId, State, Subject};
use crate::db::{DbError, Unit};

/// What an offer has become.
pub struct Answered {
    /// As its receiver sees it now.
    pub share: Share,
    /// What was offered: where it is for them, if they have accepted.
    pub subject: Subject,
}

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
) -> Result<Result<Answered, NoSuchOffer>, DbError> {
    let Some(offer) = queries::find(db, user, offer)? else { return Ok(Err(NoSuchOffer)) };
    let (state, access) = match accepts {
        true => (State::Accepted, accept(db, user, &offer)?),
        false => (State::Declined, queries::decline(db.last(), user, &offer)?),
    };
    // Its owner can have changed it since it was found.
    let answered =
        |access| Answered { share: Share { state, access, ..offer.share }, subject: offer.subject };
    Ok(access.map(answered).ok_or(NoSuchOffer))
}

/// `None`: it is not offered any more, and what the user has had of the same stays.
fn accept(db: &mut Unit<'_>, user: UserId, offer: &queries::Offer) -> Result<Option<Access>, DbError> {
    if shares::lock(db, offer.owner, offer.subject)? {
        queries::delete_former(db, user, offer)?;
        if let Some(access) = queries::accept(db, user, offer)? {
            return Ok(Some(access));
        }
    }
    db.abandon()?;
    Ok(None)
}
