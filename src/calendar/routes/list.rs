use std::sync::Arc;

use rocket::http::Header;
use rocket::{Responder, State, get};

use super::read::mend_later;
use crate::auth::{CurrentUser, UnauthorizedResponse, UserId};
use crate::calendar::calendars::default::find_or_make as find_or_make_default;
use crate::calendar::list::{EventList, Sink};
use crate::calendar::queries;
use crate::calendar::ranged::{self, Asked, Found, Key, ListedEvent, RangeParameters, Ranged, Wanted};
use crate::calendar::store::DatabaseName;
use crate::db::Db;
use crate::http::Error;
use crate::http::responses::{Broken, Refused, Unavailable};

/// A list of events.
#[derive(Responder)]
pub enum Listed {
    /// All of them.
    Documented(EventList),
    /// What takes place within a range.
    Ranged(Ranged),
}

/// How many series a list mends that somebody else has changed. The others are shown as they are now just the same.
const MENDED: usize = 20;

/// List one's events
///
/// Without parameters all of the caller's own, ordered by `start_at`, then `id`: the first eight members of each.
///
/// With `from` and `to` what takes place from the one up to the other, in one's own calendars and those that others share, in
/// pages: the occurrences of events that repeat one by one, in their order. Days of whole days are compared as dates with the reader's, in whichever zone either is.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(RangeParameters),
    responses(
        (
            status = 200,
            description = "The events",
            body = Vec<ListedEvent>,
            headers(("Link" = Option<String>, description = "The next page, if there is one (`rel=\"next\"`)")),
        ),
        Refused,
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[get("/events")]
pub async fn list_events(
    user: CurrentUser,
    asked: Asked,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Listed, Error> {
    let user = user.0;
    let (wanted, page) = match asked {
        Asked::Documented => {
            let listed = db.read("list_events", move |db| queries::list_events(db, user)).await?;
            return Ok(Listed::Documented(listed));
        }
        Asked::Ranged(wanted, page) => (wanted, page),
    };
    let (list, last) = list(db, name, user, wanted, (page.limit(), page.after().copied())).await?;
    let next: Option<Header<'static>> = last.map(|last| page.link(&last));
    Ok(Listed::Ranged(Ranged { list, next }))
}

/// What takes place within a range, of so many events, after this key; and the key of the last one, where there are more.
///
/// # Errors
/// A 503 where the database does not answer.
pub async fn list<S: Sink + Default + Send + 'static>(
    db: &Db,
    name: &DatabaseName,
    user: UserId,
    wanted: Arc<Wanted>,
    beginning: (usize, Option<Key>),
) -> Result<(S, Option<Key>), Error> {
    let database = name.get(db).await?;
    let read = || {
        let (wanted, database) = (wanted.clone(), database.clone());
        db.read("list_range", move |db| ranged::read(db, user, &wanted, beginning, &database))
    };
    let found = match read().await? {
        Some(found) => found,
        None => {
            db.unit("make_default_calendar", move |db| find_or_make_default(db, user)).await?;
            let missing = || Error::internal("a default calendar is missing once it was made");
            read().await?.ok_or_else(missing)?
        }
    };
    let Found { list, last, stale } = found;
    for (owner, id) in stale.into_iter().take(MENDED) {
        mend_later(db, owner, id).await;
    }
    Ok((list, last))
}
