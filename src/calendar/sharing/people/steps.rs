//! What the route of the API and the pages do alike.

use super::beginning::Beginning;
use super::queries;
use crate::auth::UserId;
use crate::calendar::sharing::Person;
use crate::db::{Db, DbError, Reader};
use crate::text::fold;

/// How many people an answer has at most.
const AT_MOST: usize = 20;

/// People whose name or address begins so: those who let themselves be found, and those with whom the user shares something. At
/// most 20, by name.
///
/// # Errors
/// As [`Db::read`].
pub async fn find(db: &Db, user: UserId, beginning: Beginning) -> Result<Vec<Person>, DbError> {
    let find = move |db: &mut Reader<'_>| {
        let known = queries::known(db, user)?;
        let is_meant = |person: &Person| {
            let texts = [person.name.as_deref(), Some(person.email.as_str())];
            texts.into_iter().flatten().any(|text| beginning.is_of(text))
        };
        let mut people: Vec<_> = known.into_iter().filter(is_meant).collect();
        people.extend(queries::listed(db, user, &beginning, AT_MOST as i64)?);
        Ok(people)
    };
    Ok(first(db.read("find_people", find).await?))
}

/// Those with whom the user shares something, either way. At most 20, by name.
///
/// # Errors
/// As [`Db::read`].
pub async fn known(db: &Db, user: UserId) -> Result<Vec<Person>, DbError> {
    Ok(first(db.read("known_people", move |db| queries::known(db, user)).await?))
}

fn first(mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by_cached_key(|person| (fold(person.name.as_ref().unwrap_or(&person.email)), person.id));
    people.dedup_by_key(|person| person.id);
    people.truncate(AT_MOST);
    people
}
