//! The statements on one's own row of USERS and of USER_PROFILES. Those that write change the columns
//! that a patch names and no other: who patches others at the same time is heard, too.

use std::borrow::Cow;

use super::patch::ProfilePatch;
use super::profile::{Account, Settings};
use crate::auth::UserId;
use crate::db::{Bind, DbError, Reader, Returned, Row, Unit, required};
use crate::http::Change;
use crate::preferences::Chosen;
use crate::text::Email;
use crate::text::{Bounded, Locale};
use crate::time::{WeekStart, ZoneName};

/// What the tables hold of a user: `None` for settings without a row.
pub type Found = (Account, Option<Settings>);

pub fn find_profile(db: &mut Reader<'_>, user: UserId) -> Result<Option<Found>, DbError> {
    db.row(
        "SELECT U.EMAIL, U.NAME, U.CREATED_AT, P.USER_ID, P.TIME_ZONE, P.LOCALE, P.WEEK_STARTS_ON, P.IS_LISTED \
         FROM USERS U LEFT JOIN USER_PROFILES P ON P.USER_ID = U.ID WHERE U.ID = :id",
        &[("id", user.0.into())],
        |row| {
            let settings = row.integer(3)?.map(|_| read_settings(row, 4)).transpose()?;
            Ok((read_account(row)?, settings))
        },
    )
}

fn read_account(row: &dyn Row) -> Result<Account, DbError> {
    Ok(Account {
        email: required(row.text(0)?, "EMAIL")?.into_owned(),
        name: row.text(1)?.map(Cow::into_owned),
        created_at: row.timestamp(2)?,
    })
}

fn read_settings(row: &dyn Row, first: usize) -> Result<Settings, DbError> {
    let chosen = Chosen::read(row, first)?;
    Ok(Settings { chosen, is_listed: required(row.integer(first + 3)?, "IS_LISTED")? != 0 })
}

/// The address of a user, which nobody else changes until the unit of work is over. `None`: there is no such user.
pub fn lock_address(db: &mut Unit<'_>, user: UserId) -> Result<Option<String>, DbError> {
    let locked = db.returning(
        "UPDATE USERS SET NAME = NAME WHERE ID = :id",
        &[("id", user.0.into())],
        &[Returned::Text("EMAIL")],
        |row| Ok(required(row.text(0)?, "EMAIL")?.into_owned()),
    )?;
    Ok(locked.into_iter().next())
}

/// The address, and the name where the patch has one. `DbError::Unique` where somebody has this address.
pub fn update_address(
    db: &mut Unit<'_>,
    user: UserId,
    email: &Email,
    patch: &ProfilePatch,
) -> Result<(), DbError> {
    let updated = db.execute(
        "UPDATE USERS SET EMAIL = :email, NAME = CASE WHEN :sets_name = 1 THEN :name ELSE NAME END \
         WHERE ID = :id",
        &[
            ("email", email.as_str().into()),
            ("sets_name", patch.name.is_given().into()),
            ("name", patch.name.value().map(Bounded::as_str).into()),
            ("id", user.0.into()),
        ],
    );
    updated.map(drop)
}

/// `None`: there is no such user.
pub fn update_account(
    db: &mut Unit<'_>,
    user: UserId,
    patch: &ProfilePatch,
) -> Result<Option<Account>, DbError> {
    write_account(db, "UPDATE USERS SET NAME = :name WHERE ID = :id", user, patch)
}

/// As [`update_account`], for a user whose settings have a row; nobody can take that away until the unit
/// is over.
pub fn update_account_beside_settings(
    db: &mut Unit<'_>,
    user: UserId,
    patch: &ProfilePatch,
) -> Result<Option<Account>, DbError> {
    write_account(
        db,
        "UPDATE USERS SET NAME = :name WHERE ID = :id \
         AND EXISTS (SELECT P.USER_ID FROM USER_PROFILES P WHERE P.USER_ID = USERS.ID)",
        user,
        patch,
    )
}

fn write_account(
    db: &mut Unit<'_>,
    sql: &str,
    user: UserId,
    patch: &ProfilePatch,
) -> Result<Option<Account>, DbError> {
    let written = db.returning(
        sql,
        &[("name", patch.name.value().map(Bounded::as_str).into()), ("id", user.0.into())],
        &[Returned::Text("EMAIL"), Returned::Text("NAME"), Returned::Timestamp("CREATED_AT")],
        read_account,
    )?;
    Ok(written.into_iter().next())
}

/// `DbError::Unique` where the user's settings have a row, `DbError::ForeignKey` where there is no such
/// user.
pub fn insert_settings(db: &mut Unit<'_>, user: UserId, patch: &ProfilePatch) -> Result<Settings, DbError> {
    let mut binds = columns(patch);
    binds.push(("user_id", user.0.into()));
    db.insert(
        "INSERT INTO USER_PROFILES (USER_ID, TIME_ZONE, LOCALE, WEEK_STARTS_ON, IS_LISTED) \
         VALUES (:user_id, :time_zone, :locale, :week_starts_on, :is_listed)",
        &binds,
        &RETURNED,
        |row| read_settings(row, 0),
    )
}

/// `None`: the user's settings have no row.
pub fn update_settings(
    db: &mut Unit<'_>,
    user: UserId,
    patch: &ProfilePatch,
) -> Result<Option<Settings>, DbError> {
    let mut binds = columns(patch);
    binds.extend([
        ("sets_time_zone", patch.time_zone.is_given().into()),
        ("sets_locale", patch.locale.is_given().into()),
        ("sets_week_starts_on", patch.week_starts_on.is_given().into()),
        ("sets_is_listed", patch.is_listed.is_given().into()),
        ("user_id", user.0.into()),
    ]);
    let updated = db.returning(
        "UPDATE USER_PROFILES SET \
         TIME_ZONE = CASE WHEN :sets_time_zone = 1 THEN :time_zone ELSE TIME_ZONE END, \
         LOCALE = CASE WHEN :sets_locale = 1 THEN :locale ELSE LOCALE END, \
         WEEK_STARTS_ON = CASE WHEN :sets_week_starts_on = 1 THEN :week_starts_on ELSE WEEK_STARTS_ON END, \
         IS_LISTED = CASE WHEN :sets_is_listed = 1 THEN :is_listed ELSE IS_LISTED END \
         WHERE USER_ID = :user_id",
        &binds,
        &RETURNED,
        |row| read_settings(row, 0),
    )?;
    Ok(updated.into_iter().next())
}

const RETURNED: [Returned; 4] = [
    Returned::Text("TIME_ZONE"),
    Returned::Text("LOCALE"),
    Returned::Integer("WEEK_STARTS_ON"),
    Returned::Integer("IS_LISTED"),
];

fn columns(patch: &ProfilePatch) -> Vec<Bind<'_>> {
    vec![
        ("time_zone", patch.time_zone.value().map(ZoneName::as_str).into()),
        ("locale", patch.locale.value().map(Locale::as_str).into()),
        ("week_starts_on", patch.week_starts_on.value().copied().map(WeekStart::number).into()),
        ("is_listed", (patch.is_listed == Change::Set(true)).into()),
    ]
}
