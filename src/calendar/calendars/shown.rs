use serde::Serialize;
use utoipa::ToSchema;

use super::CalendarId;
use super::calendar::Calendar;
use crate::auth::UserId;
use crate::calendar::changes::{Token, last_numbers};
use crate::db::{Db, DbError};

/// A calendar as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct Shown {
    #[serde(flatten)]
    #[schema(inline)]
    calendar: Calendar,
    /// For `since` of its list of changes: another one when something in it has changed.
    #[schema(example = "MTow")]
    token: String,
}

/// Calendars with their tokens, but for those that were deleted meanwhile. One round trip more where nothing has changed,
/// whatever the number of calendars.
///
/// # Errors
/// As [`Db::unit`].
pub async fn shown(db: &Db, user: UserId, calendars: Vec<Calendar>) -> Result<Vec<Shown>, DbError> {
    let owners = calendars.iter().map(|one| one.owner.as_ref().map_or(user, |owner| UserId(owner.id)));
    let mut numbers = last_numbers(db, owners.collect()).await?;
    let shown = calendars.into_iter().filter_map(|calendar| {
        let id = CalendarId(calendar.id);
        let number = numbers.remove(&id)?;
        let token = Token { calendar: id, number, begun_at: number, share: calendar.share }.write();
        Some(Shown { calendar, token })
    });
    Ok(shown.collect())
}

impl Shown {
    /// A calendar that was made just now: nothing has changed in it.
    pub fn new(calendar: Calendar) -> Self {
        let token = Token { calendar: CalendarId(calendar.id), number: 0, begun_at: 0, share: None }.write();
        Self { calendar, token }
    }
}

/// One calendar with its token. `None`: it was deleted meanwhile.
///
/// # Errors
/// As [`shown`].
pub async fn shown_one(db: &Db, user: UserId, calendar: Calendar) -> Result<Option<Shown>, DbError> {
    Ok(shown(db, user, vec![calendar]).await?.pop())
}
