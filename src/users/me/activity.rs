use chrono::{DateTime, Utc};
use rocket::{State, get};

use crate::audit::{self, Line};
use crate::auth::{CurrentUser, UnauthorizedResponse, UserId};
use crate::db::{Db, DbError};
use crate::http::responses::{Broken, Refused, Unavailable};
use crate::http::{Error, Page, PageParameters, Paged};

/// What a line stands by in its list: when it was, and its id.
pub type ActivityKey = (DateTime<Utc>, String);

/// List what was done to one's own account
///
/// Logins and their failures, sessions that were ended, changes of the password and of the address, exports,
/// and what operators did: the newest first.
#[utoipa::path(
    tag = "users",
    security(("access_token" = [])),
    params(PageParameters),
    responses(
        (
            status = 200,
            description = "The lines of a page",
            body = Vec<Line>,
            headers(("Link" = String, description = "The next page, where there is one (RFC 8288)")),
        ),
        Refused,
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[get("/me/activity")]
pub async fn list_activity(
    user: CurrentUser,
    page: Page<ActivityKey>,
    db: &State<Db>,
) -> Result<Paged<Line>, Error> {
    let lines = list_lines(db, user.0, &page).await?;
    Ok(page.of(lines, key))
}

/// What such a line stands by.
pub fn key(line: &Line) -> ActivityKey {
    (line.at, line.id.clone())
}

/// The rows of a page of what was done to somebody's account.
///
/// # Errors
/// As [`Db::read`].
pub async fn list_lines(db: &Db, user: UserId, page: &Page<ActivityKey>) -> Result<Vec<Line>, DbError> {
    let (after, rows) = (page.after().cloned(), page.rows());
    let list = move |db: &mut crate::db::Reader<'_>| {
        audit::list(db, user, after.as_ref().map(|(at, id)| (*at, id.as_str())), rows)
    };
    db.read("list_activity", list).await
}
