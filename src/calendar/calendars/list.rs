use super::calendar::Calendar;
use super::{default, queries};
use crate::auth::UserId;
use crate::db::{Db, DbError};

/// A person's calendars, the default one first: one round trip where that is there, three where it is made.
///
/// # Errors
/// `DbError::ForeignKey` where there is no such person; else as [`Db::read`].
pub async fn list(db: &Db, user: UserId) -> Result<Vec<Calendar>, DbError> {
    let calendars = db.read("list_calendars", move |db| queries::list(db, user)).await?;
    match calendars.first() {
        Some(first) if first.is_default => Ok(calendars),
        _ => {
            let make = db.unit("make_default_calendar", move |db| {
                default::make(db.last(), user)?;
                queries::list(db, user)
            });
            make.await
        }
    }
}
