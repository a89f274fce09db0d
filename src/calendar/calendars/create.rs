//! A further calendar, as one unit of work: three round trips on Oracle. The row of USERS is locked first, so that of
//! many at once, on any instances, each one counts those that were before it.

use super::calendar::{Access, Calendar};
use super::draft::CalendarDraft;
use super::error::TooMany;
use super::queries;
use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// How many calendars a person may have, the default one among them.
pub const AT_MOST: i64 = 100;

/// Adds it, and gives it as it is shown. `DbError::ForeignKey` where there is no such person.
pub fn create(
    db: &mut Unit<'_>,
    user: UserId,
    draft: &CalendarDraft,
) -> Result<Result<Calendar, TooMany>, DbError> {
    if !queries::lock_user(db, user)? {
        return Err(DbError::ForeignKey("there is no such user".into()));
    }
    let had = queries::count(db, user)?;
    if had.calendars >= AT_MOST {
        return Ok(Err(TooMany));
    }
    let id = queries::insert(db.last(), user, draft)?;
    Ok(Ok(Calendar {
        id: id.0,
        name: draft.name.as_str().to_owned(),
        color: draft.color.as_ref().map(|color| color.as_str().to_owned()),
        description: draft.description.as_ref().map(|description| description.as_str().to_owned()),
        time_zone: draft.time_zone.clone().unwrap_or(had.time_zone),
        is_default: false,
        access: Access::Owner,
        owner: None,
        share: None,
    }))
}
