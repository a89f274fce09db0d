//! The statements on CALENDARS, and on what is deleted or moves with one. Each names the user whose calendar it is, or
//! comes after one that has locked it for that user.

use std::borrow::Cow;

use super::CalendarId;
use super::calendar::{Access, Calendar};
use super::draft::CalendarDraft;
use super::export::ExportedCalendar;
use super::lock::Locked;
use super::patch::CalendarPatch;
use super::zone::zone;
use crate::auth::UserId;
use crate::calendar::sharing::{Person, ShareVersion, read_access};
use crate::db::{DbError, Reader, Returned, Row, Unit, required};
use crate::export::Rows;
use crate::text::Bounded;
use crate::time::ZoneName;

/// What [`read_calendar`] reads of the user's own.
const OWN: &str = "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE, NULL, NULL, NULL, NULL, \
     NULL, NULL FROM CALENDARS C LEFT JOIN USER_PROFILES P ON P.USER_ID = C.USER_ID WHERE C.USER_ID = :user_id";

/// The same of those that others share with them: under their own name for it, and in their own colour, if they gave it any.
const SHARED: &str = "SELECT C.ID, COALESCE(A.NAME, C.NAME), COALESCE(A.COLOR, C.COLOR), C.DESCRIPTION, C.TIME_ZONE, NULL, \
     P.TIME_ZONE, A.ACCESS_LEVEL, U.ID, U.NAME, U.EMAIL, A.ID, A.REVISION \
     FROM SHARES A JOIN CALENDARS C ON C.ID = A.CALENDAR_ID AND C.USER_ID = A.OWNER_ID \
     JOIN USERS U ON U.ID = A.OWNER_ID LEFT JOIN USER_PROFILES P ON P.USER_ID = A.OWNER_ID \
     WHERE A.RECEIVER_ID = :user_id \
     AND NOT EXISTS (SELECT X.USER_ID FROM CLOSED_ACCOUNTS X WHERE X.USER_ID = A.OWNER_ID)";

/// The default one first, then the user's others, then those of others; by id.
///
/// Plan: a range of IDX_CALENDARS_USER_ID, at most 100 rows by their ROWIDs, of USER_PROFILES one by its key; a range of
/// IDX_SHARES_RECEIVER, each with its rows of CALENDARS, USERS, USER_PROFILES and CLOSED_ACCOUNTS by their keys; a sort.
pub fn list(db: &mut Reader<'_>, user: UserId) -> Result<Vec<Calendar>, DbError> {
    let sql = format!("{OWN} UNION ALL {SHARED}");
    let mut calendars = db.rows(&sql, &[("user_id", user.0.into())], read_calendar)?;
    calendars.sort_by_key(|calendar| (!calendar.is_default, calendar.owner.is_some(), calendar.id));
    Ok(calendars)
}

/// `None`: there is no such calendar that the user sees.
///
/// Plan: one row of CALENDARS by its key, one of USER_PROFILES by its key; one of IDX_SHARES_RECEIVER, then as for the list.
pub fn find(db: &mut Reader<'_>, user: UserId, calendar: CalendarId) -> Result<Option<Calendar>, DbError> {
    db.row(&one(), &[("id", calendar.0.into()), ("user_id", user.0.into())], read_calendar)
}

pub(super) fn one() -> String {
    format!("{OWN} AND C.ID = :id UNION ALL {SHARED} AND A.CALENDAR_ID = :id")
}

/// Calls a calendar that somebody else shares otherwise, or paints it otherwise, for the user alone. `false`: they see no
/// such calendar of somebody else's.
///
/// Plan: one row by IDX_SHARES_RECEIVER.
pub fn update_share(
    db: &mut Unit<'_>,
    user: UserId,
    calendar: CalendarId,
    patch: &CalendarPatch,
) -> Result<bool, DbError> {
    let changed = db.execute(
        "UPDATE SHARES SET NAME = CASE WHEN :sets_name = 1 THEN :name ELSE NAME END, \
         COLOR = CASE WHEN :sets_color = 1 THEN :color ELSE COLOR END \
         WHERE RECEIVER_ID = :user_id AND CALENDAR_ID = :id \
         AND NOT EXISTS (SELECT X.USER_ID FROM CLOSED_ACCOUNTS X WHERE X.USER_ID = SHARES.OWNER_ID)",
        &[
            ("sets_name", patch.name.is_given().into()),
            ("name", patch.name.value().map(Bounded::as_str).into()),
            ("sets_color", patch.color.is_given().into()),
            ("color", patch.color.value().map(Bounded::as_str).into()),
            ("id", calendar.0.into()),
            ("user_id", user.0.into()),
        ],
    )?;
    Ok(changed > 0)
}

/// A page of the user's calendars by id.
///
/// Plan: as for the list.
pub fn export_calendars(
    db: &mut Reader<'_>,
    user: UserId,
    after: &i64,
    calendars: &mut Rows<'_, i64>,
) -> Result<(), DbError> {
    db.rows(
        "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE, NULL, NULL, NULL, NULL, \
         NULL, NULL, C.CREATED_AT, C.UPDATED_AT \
         FROM CALENDARS C LEFT JOIN USER_PROFILES P ON P.USER_ID = C.USER_ID \
         WHERE C.USER_ID = :user_id AND C.ID > :after_id ORDER BY C.ID FETCH FIRST :at_most ROWS ONLY",
        &[("user_id", user.0.into()), ("after_id", (*after).into()), ("at_most", calendars.at_most().into())],
        |row| {
            let calendar = read_calendar(row)?;
            let (created_at, updated_at) = (row.timestamp(13)?, row.timestamp(14)?);
            calendars.push(calendar.id, &ExportedCalendar { calendar, created_at, updated_at })
        },
    )
    .map(drop)
}

fn read_calendar(row: &dyn Row) -> Result<Calendar, DbError> {
    Ok(Calendar {
        id: required(row.integer(0)?, "ID")?,
        name: required(row.text(1)?, "NAME")?.into_owned(),
        color: row.text(2)?.map(Cow::into_owned),
        description: row.text(3)?.map(Cow::into_owned),
        time_zone: zone(row.text(4)?.as_deref(), row.text(6)?.as_deref()),
        is_default: row.integer(5)?.is_some(),
        access: read_access(row.text(7)?.as_deref()).map_or(Access::Owner, Access::from),
        owner: Person::read(row, 8)?,
        share: ShareVersion::read(row, 11)?,
    })
}

/// Plan: one row by IDX_CALENDARS_DEFAULT_OF.
pub fn find_default(db: &mut Reader<'_>, user: UserId) -> Result<Option<CalendarId>, DbError> {
    db.row("SELECT ID FROM CALENDARS WHERE DEFAULT_OF = :user_id", &[("user_id", user.0.into())], read_id)
}

/// In the user's time zone, if one was set. `DbError::Unique` where it is there, `DbError::ForeignKey` where there is no
/// such user.
///
/// Plan: of USER_PROFILES one row by its key.
pub fn insert_default(db: &mut Unit<'_>, user: UserId, name: &str) -> Result<CalendarId, DbError> {
    db.insert(
        "INSERT INTO CALENDARS (USER_ID, DEFAULT_OF, NAME, TIME_ZONE) VALUES (:user_id, :user_id, :name, \
         (SELECT P.TIME_ZONE FROM USER_PROFILES P WHERE P.USER_ID = :user_id))",
        &[("user_id", user.0.into()), ("name", name.into())],
        &[Returned::Integer("ID")],
        read_id,
    )
}

fn read_id(row: &dyn Row) -> Result<CalendarId, DbError> {
    Ok(CalendarId(required(row.integer(0)?, "ID")?))
}

/// Nobody adds a calendar of the user's until the unit of work is over, but a default one. `false`: there is no such user.
///
/// Plan: one row by its key.
pub fn lock_user(db: &mut Unit<'_>, user: UserId) -> Result<bool, DbError> {
    let locked = db.execute("UPDATE USERS SET NAME = NAME WHERE ID = :id", &[("id", user.0.into())])?;
    Ok(locked > 0)
}

/// What a user has.
pub struct Had {
    /// How many calendars; the default one counts even where it is still to be made.
    pub calendars: i64,
    /// The account's time zone.
    pub time_zone: ZoneName,
}

/// Plan: one row of USERS and one of USER_PROFILES by their keys, at most 100 by a range of IDX_CALENDARS_USER_ID.
pub fn count(db: &mut Reader<'_>, user: UserId) -> Result<Had, DbError> {
    let had = db.row(
        "SELECT COUNT(C.ID), COUNT(C.DEFAULT_OF), MAX(P.TIME_ZONE) FROM USERS U \
         LEFT JOIN USER_PROFILES P ON P.USER_ID = U.ID LEFT JOIN CALENDARS C ON C.USER_ID = U.ID \
         WHERE U.ID = :user_id",
        &[("user_id", user.0.into())],
        |row| {
            let all = required(row.integer(0)?, "COUNT")?;
            let default = required(row.integer(1)?, "COUNT")?;
            Ok(Had { calendars: all + (1 - default), time_zone: zone(None, row.text(2)?.as_deref()) })
        },
    )?;
    required(had, "COUNT")
}

/// `DbError::ForeignKey` where there is no such user.
pub fn insert(db: &mut Unit<'_>, user: UserId, draft: &CalendarDraft) -> Result<CalendarId, DbError> {
    db.insert(
        "INSERT INTO CALENDARS (USER_ID, NAME, COLOR, DESCRIPTION, TIME_ZONE) \
         VALUES (:user_id, :name, :color, :description, :time_zone)",
        &[
            ("user_id", user.0.into()),
            ("name", draft.name.as_str().into()),
            ("color", draft.color.as_ref().map(Bounded::as_str).into()),
            ("description", draft.description.as_ref().map(Bounded::as_str).into()),
            ("time_zone", draft.time_zone.as_ref().map(ZoneName::as_str).into()),
        ],
        &[Returned::Integer("ID")],
        read_id,
    )
}

/// Changes the columns that a patch names and no other. `false`: the user has no such calendar.
///
/// Plan: one row by its key.
pub fn update(
    db: &mut Unit<'_>,
    user: UserId,
    calendar: CalendarId,
    patch: &CalendarPatch,
) -> Result<bool, DbError> {
    let changed = db.execute(
        "UPDATE CALENDARS SET NAME = CASE WHEN :sets_name = 1 THEN :name ELSE NAME END, \
         COLOR = CASE WHEN :sets_color = 1 THEN :color ELSE COLOR END, \
         DESCRIPTION = CASE WHEN :sets_description = 1 THEN :description ELSE DESCRIPTION END, \
         TIME_ZONE = CASE WHEN :sets_time_zone = 1 THEN :time_zone ELSE TIME_ZONE END, \
         UPDATED_AT = CURRENT_TIMESTAMP WHERE ID = :id AND USER_ID = :user_id",
        &[
            ("sets_name", patch.name.is_given().into()),
            ("name", patch.name.value().map(Bounded::as_str).into()),
            ("sets_color", patch.color.is_given().into()),
            ("color", patch.color.value().map(Bounded::as_str).into()),
            ("sets_description", patch.description.is_given().into()),
            ("description", patch.description.value().map(Bounded::as_str).into()),
            ("sets_time_zone", patch.time_zone.is_given().into()),
            ("time_zone", patch.time_zone.value().map(ZoneName::as_str).into()),
            ("id", calendar.0.into()),
            ("user_id", user.0.into()),
        ],
    )?;
    Ok(changed > 0)
}

/// Plan: the two by their keys, one after the other in the order of the ids, so that of two who lock the same calendars
/// none waits for the other in a circle.
pub fn lock(db: &mut Unit<'_>, user: UserId, calendars: [CalendarId; 2]) -> Result<Vec<Locked>, DbError> {
    let [one, other] = calendars;
    db.returning(
        "UPDATE CALENDARS SET NAME = NAME WHERE ID IN (:one, :other) AND USER_ID = :user_id",
        &[("one", one.0.into()), ("other", other.0.into()), ("user_id", user.0.into())],
        &[Returned::Integer("ID"), Returned::Integer("DEFAULT_OF")],
        |row| Ok(Locked { id: read_id(row)?, is_default: row.integer(1)?.is_some() }),
    )
}

/// Says of the events of a calendar that they change.
///
/// Plan: a range of IDX_EVENT_DETAILS_UID or of IDX_EVENT_DETAILS_NAME, and each event by its key.
pub fn touch_events(db: &mut Unit<'_>, user: UserId, calendar: CalendarId) -> Result<(), DbError> {
    let touched = db.execute(
        "UPDATE CALENDAR_EVENTS SET UPDATED_AT = CURRENT_TIMESTAMP WHERE USER_ID = :user_id \
         AND ID IN (SELECT D.EVENT_ID FROM EVENT_DETAILS D WHERE D.CALENDAR_ID = :calendar_id)",
        &[("user_id", user.0.into()), ("calendar_id", calendar.0.into())],
    );
    touched.map(drop)
}

/// Puts the events of a calendar into another one. `DbError::Unique` where that has a UID or a NAME of theirs.
///
/// Plan: a range of IDX_EVENT_DETAILS_UID or of IDX_EVENT_DETAILS_NAME.
pub fn move_details(db: &mut Unit<'_>, from: CalendarId, to: CalendarId) -> Result<(), DbError> {
    let moved = db.execute(
        "UPDATE EVENT_DETAILS SET CALENDAR_ID = :other_id, REVISION = REVISION + 1 \
         WHERE CALENDAR_ID = :calendar_id",
        &[("other_id", to.0.into()), ("calendar_id", from.0.into())],
    );
    moved.map(drop)
}

/// Deletes the events of a calendar, and what stands beside each.
///
/// Plan: as for [`touch_events`].
pub fn delete_events(db: &mut Unit<'_>, user: UserId, calendar: CalendarId) -> Result<(), DbError> {
    let deleted = db.execute(
        "DELETE FROM CALENDAR_EVENTS WHERE USER_ID = :user_id \
         AND ID IN (SELECT D.EVENT_ID FROM EVENT_DETAILS D WHERE D.CALENDAR_ID = :calendar_id)",
        &[("user_id", user.0.into()), ("calendar_id", calendar.0.into())],
    );
    deleted.map(drop)
}

/// Deletes what has outlived its event: another program can have deleted that without looking at keys.
///
/// Plan: a range of IDX_EVENT_DETAILS_UID or of IDX_EVENT_DETAILS_NAME.
pub fn delete_details(db: &mut Unit<'_>, calendar: CalendarId) -> Result<(), DbError> {
    let deleted = db.execute(
        "DELETE FROM EVENT_DETAILS WHERE CALENDAR_ID = :calendar_id",
        &[("calendar_id", calendar.0.into())],
    );
    deleted.map(drop)
}

/// Deletes a calendar that has no events, and its list of changes.
///
/// Plan: one row by its key; of CALENDAR_CHANGES a range of its key.
pub fn delete(db: &mut Unit<'_>, user: UserId, calendar: CalendarId) -> Result<(), DbError> {
    let deleted = db.execute(
        "DELETE FROM CALENDARS WHERE ID = :id AND USER_ID = :user_id",
        &[("id", calendar.0.into()), ("user_id", user.0.into())],
    );
    deleted.map(drop)
}

/// Of a person without events, deletes what has outlived its event in their calendars, as many rows as asked for at most, so
/// that the calendars can go with the person. Says how many.
///
/// Plan: a range of IDX_CALENDARS_USER_ID, for each calendar one of IDX_EVENT_DETAILS_NAME, and each row by its key.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn forget_user(db: &mut Unit<'_>, user: UserId, rows: i64) -> Result<u64, DbError> {
    db.execute(
        "DELETE FROM EVENT_DETAILS WHERE EVENT_ID IN (SELECT D.EVENT_ID FROM CALENDARS C \
         JOIN EVENT_DETAILS D ON D.CALENDAR_ID = C.ID WHERE C.USER_ID = :user_id FETCH FIRST :at_most ROWS ONLY)",
        &[("user_id", user.0.into()), ("at_most", rows.into())],
    )
}
