//! The statements on SHARES of what is one's own. Each names the owner, or comes after one that has locked the calendar or
//! the event for them.

use super::share::{Share, State};
use super::{ShareId, Subject};
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::sharing::Access;
use crate::db::{DbError, Reader, Returned, Unit, required};

/// Nobody changes with whom it is shared until the unit is over. `false`: it is not the user's.
///
/// Plan: one row by its key.
pub fn lock(db: &mut Unit<'_>, user: UserId, subject: Subject) -> Result<bool, DbError> {
    let sql = match subject {
        Subject::Calendar(_) => "UPDATE CALENDARS SET NAME = NAME WHERE ID = :id AND USER_ID = :user_id",
        Subject::Event(_) => "UPDATE CALENDAR_EVENTS SET TITLE = TITLE WHERE ID = :id AND USER_ID = :user_id",
    };
    let locked = db.execute(sql, &[("id", subject.id().into()), ("user_id", user.0.into())])?;
    Ok(locked > 0)
}

/// What there is of an address.
pub struct Known {
    /// The user's own address.
    pub own: String,
    /// The share that it was offered, or that whoever has it has accepted.
    pub share: Option<(ShareId, State)>,
}

/// Plan: one row of USERS by its key; a range of IDX_SHARES_CALENDAR or IDX_SHARES_EVENT; one row of USERS by its address, once,
/// whether there is one or not.
pub fn find_known(
    db: &mut Reader<'_>,
    owner: UserId,
    subject: Subject,
    email: &str,
) -> Result<Option<Known>, DbError> {
    db.row(
        &known(subject),
        &[("id", subject.id().into()), ("email", email.into()), ("user_id", owner.0.into())],
        |row| {
            let state = row.text(2)?.map(|text| State::parse(&text).unwrap_or(State::Declined));
            let share = row.integer(1)?.map(ShareId).zip(state);
            Ok(Known { own: required(row.text(0)?, "EMAIL")?.into_owned(), share })
        },
    )
}

/// A share that was accepted comes first.
pub fn known(subject: Subject) -> String {
    let column = subject.column();
    format!(
        "SELECT U.EMAIL, S.ID, S.STATE FROM USERS U LEFT JOIN SHARES S ON S.{column} = :id AND S.OWNER_ID = U.ID \
         AND (S.EMAIL = :email OR S.RECEIVER_ID = (SELECT R.ID FROM USERS R WHERE R.EMAIL = :email)) \
         WHERE U.ID = :user_id ORDER BY S.STATE FETCH FIRST 1 ROWS ONLY"
    )
}

/// Offers it to an address.
pub fn insert(
    db: &mut Unit<'_>,
    owner: UserId,
    subject: Subject,
    email: &str,
    access: Access,
) -> Result<ShareId, DbError> {
    db.insert(
        &format!(
            "INSERT INTO SHARES (OWNER_ID, {}, EMAIL, STATE, ACCESS_LEVEL) \
             VALUES (:user_id, :id, :email, 'offered', :access_level)",
            subject.column()
        ),
        &[
            ("user_id", owner.0.into()),
            ("id", subject.id().into()),
            ("email", email.into()),
            ("access_level", access.as_str().into()),
        ],
        &[Returned::Integer("ID")],
        |row| Ok(ShareId(required(row.integer(0)?, "ID")?)),
    )
}

/// Has a share let its receiver do this; one that was declined is offered again, if that `offers`. `false`: there is no such
/// share of the user's.
///
/// Plan: one row by its key.
pub fn update(
    db: &mut Unit<'_>,
    owner: UserId,
    subject: Subject,
    share: ShareId,
    (access, offers): (Access, bool),
) -> Result<bool, DbError> {
    let changed = db.execute(
        &format!(
            "UPDATE SHARES SET REVISION = CASE WHEN ACCESS_LEVEL = :access_level THEN REVISION ELSE REVISION + 1 END, \
             ACCESS_LEVEL = :access_level, \
             STATE = CASE WHEN STATE = 'declined' AND :offers = 1 THEN 'offered' ELSE STATE END \
             WHERE ID = :share_id AND {} = :id AND OWNER_ID = :user_id",
            subject.column()
        ),
        &[
            ("access_level", access.as_str().into()),
            ("offers", offers.into()),
            ("share_id", share.0.into()),
            ("id", subject.id().into()),
            ("user_id", owner.0.into()),
        ],
    )?;
    Ok(changed > 0)
}

/// Ends a share: its owner may, and its receiver. `false`: there is no such share of theirs.
///
/// Plan: one row by its key.
pub fn delete(db: &mut Unit<'_>, user: UserId, subject: Subject, share: ShareId) -> Result<bool, DbError> {
    let deleted = db.execute(
        &format!(
            "DELETE FROM SHARES WHERE ID = :share_id AND {} = :id \
             AND (OWNER_ID = :user_id OR RECEIVER_ID = :user_id)",
            subject.column()
        ),
        &[("share_id", share.0.into()), ("id", subject.id().into()), ("user_id", user.0.into())],
    )?;
    Ok(deleted > 0)
}

/// The shares of what is the user's, by id, from `after` on as many as `rows` at most; of what somebody else shares with them,
/// their own share. An empty list says as well that they do not see it.
///
/// Plan: one row of the calendar or the event by its key; a range of IDX_SHARES_CALENDAR or IDX_SHARES_EVENT in its order; of
/// each USERS by its key, twice.
pub fn list(
    db: &mut Reader<'_>,
    user: UserId,
    subject: Subject,
    (after, rows): (i64, i64),
) -> Result<Vec<Share>, DbError> {
    let binds = [
        ("id", subject.id().into()),
        ("user_id", user.0.into()),
        ("after_id", after.into()),
        ("at_most", rows.into()),
    ];
    Ok(db.rows(&page(subject), &binds, Share::read)?.into_iter().flatten().collect())
}

pub fn page(subject: Subject) -> String {
    format!("{} AND S.ID > :after_id ORDER BY S.ID FETCH FIRST :at_most ROWS ONLY", shown(subject))
}

/// With how many a calendar is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// With how many that have accepted.
    pub accepted: i64,
    /// To how many it is offered who have not answered.
    pub offered: i64,
}

/// With how many each of the user's calendars is shared; what is shared with nobody is not in it.
///
/// Plan: a range of IDX_SHARES_OWNER, each row by its ROWID, and a sort.
pub fn count(db: &mut Reader<'_>, user: UserId) -> Result<Vec<(CalendarId, Counted)>, DbError> {
    db.rows(COUNT, &[("user_id", user.0.into())], |row| {
        let counted = Counted {
            accepted: required(row.integer(1)?, "ACCEPTED")?,
            offered: required(row.integer(2)?, "OFFERED")?,
        };
        Ok((CalendarId(required(row.integer(0)?, "CALENDAR_ID")?), counted))
    })
}

pub const COUNT: &str = "SELECT S.CALENDAR_ID, SUM(CASE WHEN S.STATE = 'accepted' THEN 1 ELSE 0 END), \
     SUM(CASE WHEN S.STATE = 'offered' THEN 1 ELSE 0 END) FROM SHARES S \
     WHERE S.OWNER_ID = :user_id AND S.CALENDAR_ID IS NOT NULL GROUP BY S.CALENDAR_ID ORDER BY S.CALENDAR_ID";

/// One of those that [`list`] has.
///
/// Plan: one row of each table by its key.
pub fn find(
    db: &mut Reader<'_>,
    user: UserId,
    subject: Subject,
    share: ShareId,
) -> Result<Option<Share>, DbError> {
    let sql = format!("{} AND S.ID = :share_id", shown(subject));
    let binds = [("id", subject.id().into()), ("user_id", user.0.into()), ("share_id", share.0.into())];
    Ok(db.row(&sql, &binds, Share::read)?.flatten())
}

/// What shares show their owner, who sees the other's address, and their receiver, who sees the owner's. Said with COALESCE,
/// the owner is nothing that SQLite looks for in an index: that of what is shared is to be taken.
fn shown(subject: Subject) -> String {
    let (table, column) = (subject.table(), subject.column());
    format!(
        "SELECT S.ID, CASE WHEN S.OWNER_ID <> :user_id THEN O.EMAIL WHEN S.EMAIL IS NULL THEN R.EMAIL ELSE S.EMAIL END, \
         S.ACCESS_LEVEL, S.STATE FROM {table} T JOIN SHARES S ON S.{column} = T.ID AND COALESCE(S.OWNER_ID, 0) = T.USER_ID \
         JOIN USERS O ON O.ID = S.OWNER_ID LEFT JOIN USERS R ON R.ID = S.RECEIVER_ID \
         LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = S.OWNER_ID \
         WHERE T.ID = :id AND (S.OWNER_ID = :user_id OR S.RECEIVER_ID = :user_id AND X.USER_ID IS NULL)"
    )
}

/// Has what is shared of an event shared of another one of its owner's, too.
///
/// Plan: a range of IDX_SHARES_EVENT.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn copy_shares(db: &mut Unit<'_>, owner: UserId, from: EventId, to: EventId) -> Result<(), DbError> {
    let copied = db.execute(
        "INSERT INTO SHARES (OWNER_ID, EVENT_ID, EMAIL, RECEIVER_ID, STATE, ACCESS_LEVEL) \
         SELECT S.OWNER_ID, :other_id, S.EMAIL, S.RECEIVER_ID, S.STATE, S.ACCESS_LEVEL FROM SHARES S \
         WHERE S.EVENT_ID = :id AND S.OWNER_ID = :user_id AND S.STATE <> 'declined'",
        &[("other_id", to.0.into()), ("id", from.0.into()), ("user_id", owner.0.into())],
    );
    copied.map(drop)
}
