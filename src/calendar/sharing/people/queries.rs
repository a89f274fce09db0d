use super::beginning::Beginning;
use crate::auth::UserId;
use crate::calendar::sharing::Person;
use crate::db::{DbError, Reader};

/// People who let themselves be found, and whose name or address begins so: the first by name, as many as asked for. Each
/// can be there up to four times, by what of them begins so in which lower case. Two round trips with [`known`].
///
/// Plan: ranges of IDX_USERS_LOWER_NAME and IDX_USERS_LOWER_EMAIL; for each row USER_PROFILES and CLOSED_ACCOUNTS by their keys;
/// a sort.
pub fn listed(
    db: &mut Reader<'_>,
    user: UserId,
    beginning: &Beginning,
    people: i64,
) -> Result<Vec<Person>, DbError> {
    let [(from, to), (from_ascii, to_ascii)] = beginning.ranges();
    let binds = [
        ("from_text", from.as_str().into()),
        ("to_text", to.as_str().into()),
        ("from_ascii", from_ascii.as_str().into()),
        ("to_ascii", to_ascii.as_str().into()),
        ("user_id", user.0.into()),
        ("at_most", (4 * people).into()),
    ];
    let found = db.rows(&self::beginning(), &binds, |row| Person::read(row, 0))?;
    Ok(found.into_iter().flatten().collect())
}

/// Each by its name and by its address, in each of the two lower cases.
pub fn beginning() -> String {
    let part = |column: &str, from: &str, to: &str| {
        format!(
            "SELECT U.ID, U.NAME, U.EMAIL, COALESCE(U.NAME, U.EMAIL) FROM USERS U \
             JOIN USER_PROFILES P ON P.USER_ID = U.ID AND P.IS_LISTED = 1 \
             LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = U.ID \
             WHERE LOWER(U.{column}) >= :{from} AND LOWER(U.{column}) < :{to} \
             AND U.ID <> :user_id AND X.USER_ID IS NULL"
        )
    };
    let parts = [
        part("NAME", "from_text", "to_text"),
        part("NAME", "from_ascii", "to_ascii"),
        part("EMAIL", "from_text", "to_text"),
        part("EMAIL", "from_ascii", "to_ascii"),
    ];
    format!("{} ORDER BY 4, 1 FETCH FIRST :at_most ROWS ONLY", parts.join(" UNION ALL "))
}

/// All those with whom the user shares something, either way, and the share is accepted: each once for each share.
///
/// Plan: a range of IDX_SHARES_OWNER and one of IDX_SHARES_RECEIVER; for each row USERS and CLOSED_ACCOUNTS by their keys.
pub fn known(db: &mut Reader<'_>, user: UserId) -> Result<Vec<Person>, DbError> {
    let found = db.rows(&sharing(), &[("user_id", user.0.into())], |row| Person::read(row, 0))?;
    Ok(found.into_iter().flatten().collect())
}

/// Those who have accepted something, and those of whom something was accepted.
pub fn sharing() -> String {
    let part = |one: &str, other: &str| {
        format!(
            "SELECT U.ID, U.NAME, U.EMAIL FROM SHARES S JOIN USERS U ON U.ID = S.{other} \
             LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = U.ID \
             WHERE S.{one} = :user_id AND S.RECEIVER_ID IS NOT NULL AND X.USER_ID IS NULL"
        )
    };
    format!("{} UNION ALL {}", part("OWNER_ID", "RECEIVER_ID"), part("RECEIVER_ID", "OWNER_ID"))
}
