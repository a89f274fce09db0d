use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::auth::UserId;
use crate::db::{DbError, Reader, required};
use crate::export::{Part, Rows};
use crate::time;

/// A share, as the person takes it along who offered it or has accepted it.
#[derive(Serialize)]
struct ExportedShare {
    id: i64,
    calendar_id: Option<i64>,
    event_id: Option<i64>,
    /// Whose it is, where it is not the person's.
    owner: Option<String>,
    /// To whom it is offered, or who has accepted it, where that is not the person.
    email: Option<String>,
    access: String,
    state: String,
    name: Option<String>,
    color: Option<String>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    created_at: Option<DateTime<Utc>>,
}

/// What a person shares, and what others share with them. Ids begin with 1.
pub fn parts() -> [Part; 2] {
    [Part::list("shares", 0, export_shares), Part::list("shared_with_me", 0, export_received)]
}

fn export_shares(
    db: &mut Reader<'_>,
    user: UserId,
    after: &i64,
    shares: &mut Rows<'_, i64>,
) -> Result<(), DbError> {
    export(db, user, after, shares, "S.OWNER_ID")
}

fn export_received(
    db: &mut Reader<'_>,
    user: UserId,
    after: &i64,
    shares: &mut Rows<'_, i64>,
) -> Result<(), DbError> {
    export(db, user, after, shares, "S.RECEIVER_ID")
}

/// Plan: a range of IDX_SHARES_OWNER or IDX_SHARES_RECEIVER; for each row USERS by its key, twice; a sort.
fn export(
    db: &mut Reader<'_>,
    user: UserId,
    after: &i64,
    shares: &mut Rows<'_, i64>,
    of_person: &str,
) -> Result<(), DbError> {
    let text = |text: Option<std::borrow::Cow<'_, str>>| text.map(std::borrow::Cow::into_owned);
    db.rows(
        &format!(
            "SELECT S.ID, S.CALENDAR_ID, S.EVENT_ID, CASE WHEN S.OWNER_ID <> :user_id THEN O.EMAIL END, \
             CASE WHEN S.OWNER_ID <> :user_id THEN NULL WHEN S.EMAIL IS NULL THEN R.EMAIL ELSE S.EMAIL END, \
             S.ACCESS_LEVEL, S.STATE, S.NAME, S.COLOR, S.CREATED_AT FROM SHARES S JOIN USERS O ON O.ID = S.OWNER_ID \
             LEFT JOIN USERS R ON R.ID = S.RECEIVER_ID WHERE {of_person} = :user_id AND S.ID > :after_id \
             ORDER BY S.ID FETCH FIRST :at_most ROWS ONLY"
        ),
        &[("user_id", user.0.into()), ("after_id", (*after).into()), ("at_most", shares.at_most().into())],
        |row| {
            let id = required(row.integer(0)?, "ID")?;
            let share = ExportedShare {
                id,
                calendar_id: row.integer(1)?,
                event_id: row.integer(2)?,
                owner: text(row.text(3)?),
                email: text(row.text(4)?),
                access: required(text(row.text(5)?), "ACCESS_LEVEL")?,
                state: required(text(row.text(6)?), "STATE")?,
                // What the receiver calls it is nothing of its owner's.
                name: text(row.text(7)?).filter(|_| of_person == "S.RECEIVER_ID"),
                color: text(row.text(8)?).filter(|_| of_person == "S.RECEIVER_ID"),
                created_at: row.timestamp(9)?,
            };
            shares.push(id, &share)
        },
    )
    .map(drop)
}
