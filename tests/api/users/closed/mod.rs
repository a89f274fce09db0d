//! Accounts that nobody can log in to: deactivated, erased, and gone.

mod erase;
mod login;
mod purge;

use super::super::support::App;

pub const DEACTIVATED: [(&str, &str); 1] =
    [("email", "This account is deactivated: ask who runs the server to activate it")];
pub const ERASED: [(&str, &str); 1] =
    [("email", "This account is being erased: ask who runs the server if it is to be restored")];

/// As an operator leaves an account that is deactivated (`DEACTIVATED_AT`), or whose person erased it.
pub fn close(app: &App, user: i64, since: &str) {
    app.database.execute_all(&[
        format!(
            "INSERT INTO CLOSED_ACCOUNTS (USER_ID, PASSWORD_HASH, {since}) \
             SELECT ID, PASSWORD_HASH, CURRENT_TIMESTAMP FROM USERS WHERE ID = {user}"
        ),
        format!("UPDATE USERS SET PASSWORD_HASH = 'x' WHERE ID = {user}"),
    ]);
}
