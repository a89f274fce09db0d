use crate::auth::Verified;
use crate::http::Error;
use crate::sessions::is_recent_login;
use crate::users::password::PasswordCheck;

/// Whether a person is there themselves, and not only a token of theirs that somebody else may have: by the account's
/// password, where one is given, else by a login of the last five minutes. What an account could be taken over by
/// asks for it.
///
/// # Errors
/// A 400 on `current_password` where that is wrong, and whatever else a login refuses.
pub async fn is_present(
    check: &PasswordCheck<'_>,
    token: &Verified,
    current_password: Option<String>,
) -> Result<bool, Error> {
    let Some(password) = current_password else { return Ok(is_recent_login(check.db(), token).await?) };
    let right = check.check(token, password, "current_password").await?;
    right.attempt.succeeded(check.db()).await?;
    Ok(true)
}
