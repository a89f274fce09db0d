//! The statements on SHARES of what is offered to one. Each looks for the address that the user has when it is asked.

use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::sharing::shares::{Share, ShareId, Subject};
use crate::calendar::sharing::{Access, read_access};
use crate::db::{DbError, Reader, Returned, Row, Unit, required};

/// What counts as an offer to the user: not of their own, of an open account, and of an event only while that is its
/// owner's.
const OFFERS: &str = "FROM USERS M JOIN SHARES S ON S.EMAIL = M.EMAIL AND S.STATE = 'offered' AND S.OWNER_ID <> M.ID \
     JOIN USERS O ON O.ID = S.OWNER_ID LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = S.OWNER_ID \
     LEFT JOIN CALENDAR_EVENTS E ON E.ID = S.EVENT_ID AND E.USER_ID = S.OWNER_ID \
     WHERE M.ID = :user_id AND X.USER_ID IS NULL AND (S.EVENT_ID IS NULL OR E.ID IS NOT NULL)";

/// What is offered to the user, by id, from `after` on as many as `rows` at most. Of the owner their address is told, and
/// nothing else.
///
/// Plan: one row of USERS by its key, a range of IDX_SHARES_EMAIL; for each USERS, CLOSED_ACCOUNTS and CALENDAR_EVENTS by their
/// keys; a sort.
pub fn list(db: &mut Reader<'_>, user: UserId, (after, rows): (i64, i64)) -> Result<Vec<Share>, DbError> {
    let found = db.rows(
        &page(),
        &[("user_id", user.0.into()), ("after_id", after.into()), ("at_most", rows.into())],
        Share::read,
    )?;
    Ok(found.into_iter().flatten().collect())
}

/// How many there are. One round trip.
///
/// Plan: as [`list`], without the sort.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn count(db: &mut Reader<'_>, user: UserId) -> Result<usize, DbError> {
    let counted =
        db.row(&format!("SELECT COUNT(*) {OFFERS}"), &[("user_id", user.0.into())], |row| row.integer(0))?;
    Ok(counted.flatten().and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
}

pub fn page() -> String {
    format!(
        "SELECT S.ID, O.EMAIL, S.ACCESS_LEVEL, S.STATE {OFFERS} AND S.ID > :after_id \
         ORDER BY S.ID FETCH FIRST :at_most ROWS ONLY"
    )
}

/// An offer to the user.
pub struct Offer {
    /// As the list shows it.
    pub share: Share,
    /// Whose it is.
    pub owner: UserId,
    /// What is offered.
    pub subject: Subject,
}

/// Plan: one row of each table by its key.
pub fn find(db: &mut Reader<'_>, user: UserId, offer: ShareId) -> Result<Option<Offer>, DbError> {
    let found = db.row(
        &format!(
            "SELECT S.ID, O.EMAIL, S.ACCESS_LEVEL, S.STATE, S.OWNER_ID, S.CALENDAR_ID, S.EVENT_ID {OFFERS} \
             AND S.ID = :share_id"
        ),
        &[("user_id", user.0.into()), ("share_id", offer.0.into())],
        read_offer,
    )?;
    Ok(found.flatten())
}

fn read_offer(row: &dyn Row) -> Result<Option<Offer>, DbError> {
    let owner = UserId(required(row.integer(4)?, "OWNER_ID")?);
    let calendar = row.integer(5)?.map(|id| Subject::Calendar(CalendarId(id)));
    let event = row.integer(6)?.map(|id| Subject::Event(EventId(id)));
    let subject = required(calendar.or(event), "EVENT_ID")?;
    Ok(Share::read(row)?.map(|share| Offer { share, owner, subject }))
}

/// Ends what the user has had of the same by another offer.
///
/// Plan: a range of IDX_SHARES_RECEIVER.
pub fn delete_former(db: &mut Unit<'_>, user: UserId, offer: &Offer) -> Result<(), DbError> {
    let deleted = db.execute(
        &format!(
            "DELETE FROM SHARES WHERE RECEIVER_ID = :user_id AND {} = :id AND ID <> :share_id",
            offer.subject.column()
        ),
        &[("user_id", user.0.into()), ("id", offer.subject.id().into()), ("share_id", offer.share.id.into())],
    );
    deleted.map(drop)
}

/// The user has what is offered from now on: what it lets them do. `None`: it is not offered to them any more.
///
/// Plan: one row by its key.
pub fn accept(db: &mut Unit<'_>, user: UserId, offer: &Offer) -> Result<Option<Access>, DbError> {
    answered(db, user, offer, "STATE = 'accepted', RECEIVER_ID = :user_id, EMAIL = NULL")
}

/// The user does not want what is offered: what it would have let them do. `None`: it is not offered to them any more.
///
/// Plan: one row by its key.
pub fn decline(db: &mut Unit<'_>, user: UserId, offer: &Offer) -> Result<Option<Access>, DbError> {
    answered(db, user, offer, "STATE = 'declined'")
}

fn answered(
    db: &mut Unit<'_>,
    user: UserId,
    offer: &Offer,
    changes: &str,
) -> Result<Option<Access>, DbError> {
    let met = db.returning(
        &format!("UPDATE SHARES SET {changes} WHERE {IS_OFFERED}"),
        &[("user_id", user.0.into()), ("share_id", offer.share.id.into())],
        &[Returned::Text("ACCESS_LEVEL")],
        |row| required(read_access(row.text(0)?.as_deref()), "ACCESS_LEVEL"),
    )?;
    Ok(met.into_iter().next())
}

const IS_OFFERED: &str = "ID = :share_id AND STATE = 'offered' \
     AND EMAIL = (SELECT M.EMAIL FROM USERS M WHERE M.ID = :user_id) \
     AND NOT EXISTS (SELECT X.USER_ID FROM CLOSED_ACCOUNTS X WHERE X.USER_ID = SHARES.OWNER_ID)";
