use super::{OfferLimit, Share, ShareId, State, Subject, draft::ShareDraft, queries};
use crate::auth::UserId;
use crate::calendar::sharing::NoAccess;
use crate::db::{DbError, Reader, Unit};
use crate::http::{Error, TooMany};

/// Why nothing is offered.
#[derive(Debug)]
pub enum NotOffered {
    /// The user does not see it.
    NotFound(Subject),
    /// It is somebody else's.
    IsAnothers,
    /// The address is the user's own.
    Oneself,
    /// There were too many.
    TooMany(TooMany),
}

impl From<NotOffered> for Error {
    fn from(not_offered: NotOffered) -> Self {
        match not_offered {
            NotOffered::NotFound(subject) => subject.not_found(),
            NotOffered::IsAnothers => NoAccess.into(),
            NotOffered::Oneself => Self::invalid("email", "Is one's own address: one has it already"),
            NotOffered::TooMany(too_many) => too_many.into(),
        }
    }
}

/// Offers a calendar or an event to an address, as one unit of work: four round trips on Oracle, whether somebody has the
/// address or not. What was offered to it is changed; what was declined is offered again.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn offer(
    db: &mut Unit<'_>,
    user: UserId,
    subject: Subject,
    draft: &ShareDraft,
    limit: OfferLimit,
) -> Result<Result<Share, NotOffered>, DbError> {
    if !queries::lock(db, user, subject)? {
        return Ok(Err(match subject.is_seen(db, user)? {
            true => NotOffered::IsAnothers,
            false => NotOffered::NotFound(subject),
        }));
    }
    let share = match known(db, user, subject, draft)? {
        Ok(share) => share,
        Err(why) => return abandoned(db, why),
    };
    if let Err(too_many) = limit.count(db, user)? {
        return abandoned(db, NotOffered::TooMany(too_many));
    }
    let email = draft.email.as_str();
    let (ShareId(id), state) = match share {
        Some((share, state)) => {
            queries::update(db.last(), user, subject, share, (draft.access, true))?;
            (share, if state == State::Declined { State::Offered } else { state })
        }
        None => (queries::insert(db.last(), user, subject, email, draft.access)?, State::Offered),
    };
    Ok(Ok(Share { id, email: email.to_owned(), access: draft.access, state }))
}

/// The share that the address was offered already, or that whoever has it has accepted. One round trip.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn known(
    db: &mut Reader<'_>,
    user: UserId,
    subject: Subject,
    draft: &ShareDraft,
) -> Result<Result<Option<(ShareId, State)>, NotOffered>, DbError> {
    let email = draft.email.as_str();
    let known = queries::find_known(db, user, subject, email)?;
    Ok(known.filter(|known| known.own != email).map(|known| known.share).ok_or(NotOffered::Oneself))
}

fn abandoned<T>(db: &mut Unit<'_>, why: NotOffered) -> Result<Result<T, NotOffered>, DbError> {
    db.abandon()?;
    Ok(Err(why))
}
