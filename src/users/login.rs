use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;

use super::queries;
use crate::auth::{PasswordHash, PasswordHasher, Tokens};
use crate::db::Db;
use crate::error::Error;
use crate::http::Body;
use crate::watch;

/// No address in USERS is longer, in bytes: what is need not be looked up.
const EMAIL_MAX_BYTES: usize = 255;

#[derive(Serialize)]
pub struct LoggedIn {
    access_token: String,
    user: UserSummary,
}

#[derive(Serialize)]
struct UserSummary {
    id: i64,
    email: String,
    name: Option<String>,
}

/// Gives an access token for an address and its password.
#[post("/login", data = "<body>")]
pub async fn log_in_user(
    body: Body,
    hasher: &State<PasswordHasher>,
    tokens: &State<Tokens>,
    db: &State<Db>,
) -> Result<Json<LoggedIn>, Error> {
    let (email, password) = read(&body)?;
    let found = match email.len() {
        ..=EMAIL_MAX_BYTES => db.run("log_in_user", move |db| queries::find_credentials(db, &email)).await?,
        _ => None,
    };
    let stored = found.as_ref().and_then(|user| {
        PasswordHash::parse(&user.password_hash).or_else(|| {
            tracing::warn!(
                "user {} has a password hash that is not Werkzeug's: nobody can log in",
                user.id.0
            );
            None
        })
    });
    let matches = hasher.verify(password, stored).await?;
    let user = found.filter(|_| matches).ok_or(Error::InvalidCredentials)?;
    watch::saw_user(user.id);
    let access_token = tokens.issue(user.id).map_err(|error| Error::Internal(error.to_string()))?;
    let user = UserSummary { id: user.id.0, email: user.email, name: user.name };
    Ok(Json(LoggedIn { access_token, user }))
}

fn read(body: &Body) -> Result<(String, String), Error> {
    let mut fields = body.fields();
    let email = fields.required("email", Ok);
    let password = fields.required_text("password");
    let built = email.zip(password);
    fields.finish(built)
}
