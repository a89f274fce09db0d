use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;

use super::queries::{self, Credentials};
use super::throttle::{FailuresKey, LoginThrottle};
use crate::auth::{PasswordHash, PasswordHasher, Tokens};
use crate::db::Db;
use crate::error::Error;
use crate::http::{AddressLimits, Body, ClientAddress};
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
    client: ClientAddress,
    body: Body,
    limits: &State<AddressLimits>,
    hasher: &State<PasswordHasher>,
    tokens: &State<Tokens>,
    db: &State<Db>,
    throttle: &State<LoginThrottle>,
) -> Result<Json<LoggedIn>, Error> {
    let (email, password) = read(&body)?;
    limits.admit_login(client)?;
    if email.len() > EMAIL_MAX_BYTES {
        hasher.verify(password, None).await?;
        return Err(Error::InvalidCredentials);
    }
    let key = FailuresKey::of(&email);
    let place = throttle.enter(&key);
    let by_key = key.clone();
    let (user, found) =
        db.run("log_in_user", move |db| queries::find_login(db, &email, by_key.as_str())).await?;
    throttle.admit(found, &place)?;
    let stored = user.as_ref().and_then(usable_hash);
    let matches = hasher.verify(password, stored).await?;
    let Some(user) = user.filter(|_| matches) else {
        throttle.count(db, key, found).await?;
        return Err(Error::InvalidCredentials);
    };
    watch::saw_user(user.id);
    throttle.reset(db, key, found).await?;
    let access_token = tokens.issue(user.id).map_err(|error| Error::Internal(error.to_string()))?;
    let user = UserSummary { id: user.id.0, email: user.email, name: user.name };
    Ok(Json(LoggedIn { access_token, user }))
}

fn usable_hash(user: &Credentials) -> Option<PasswordHash> {
    let hash = PasswordHash::parse(&user.password_hash);
    if hash.is_none() {
        tracing::warn!("user {} has a password hash that is not Werkzeug's: nobody can log in", user.id.0);
    }
    hash
}

fn read(body: &Body) -> Result<(String, String), Error> {
    let mut fields = body.fields();
    let email = fields.required("email", Ok);
    let password = fields.required_text("password");
    let built = email.zip(password);
    fields.finish(built)
}
