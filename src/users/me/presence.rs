use crate::auth::Verified;
use crate::http::{Error, REQUIRED};
use crate::sessions::is_recent_login;
use crate::users::password::PasswordCheck;

/// Asks that a person is there themselves, and not only a token of theirs that somebody else may have: by the account's
/// password, where one is given, else by a login of the last five minutes. What an account could be taken over by
/// asks for it.
///
/// # Errors
/// A 400 on `current_password` where that is wrong, or is needed and not there; whatever else a login refuses.
pub async fn require_presence(
    check: &PasswordCheck<'_>,
    token: &Verified,
    current_password: Option<String>,
) -> Result<(), Error> {
    let Some(password) = current_password else {
        let is_recent = is_recent_login(check.db(), token).await?;
        return if is_recent { Ok(()) } else { Err(Error::invalid("current_password", REQUIRED)) };
    };
    let right = check.check(token, password, "current_password").await?;
    Ok(right.attempt.succeeded(check.db()).await?)
}
