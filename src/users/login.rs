use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::address_limits::AddressLimits;
use super::error::{InvalidCredentials, WrongCredentials};
use super::queries::{self, Credentials};
use super::throttle::{FailuresKey, LoginThrottle};
use crate::auth::{PasswordHash, PasswordHasher, Tokens};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, ClientAddress, Error};
use crate::watch;

/// No address in USERS is longer, in bytes: what is need not be looked up.
const EMAIL_MAX_BYTES: usize = 255;

/// An address and its password.
#[derive(ToSchema)]
struct Login {
    /// The address of the account, exactly as it was registered. Blanks around it do not count.
    #[schema(format = "idn-email", min_length = 1, example = "john@example.com")]
    email: String,
    #[schema(format = Password, min_length = 1, example = "correct horse")]
    password: String,
}

#[derive(Serialize, ToSchema)]
pub struct LoggedIn {
    /// A JSON Web Token, for `Authorization: Bearer …`. It is good for an hour, unless the server's
    /// settings say otherwise.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    access_token: String,
    user: UserSummary,
}

/// Who has logged in.
#[derive(Serialize, ToSchema)]
struct UserSummary {
    #[schema(minimum = 1, example = 1)]
    id: i64,
    #[schema(format = "idn-email", example = "john@example.com")]
    email: String,
    #[schema(required, example = "John Doe")]
    name: Option<String>,
}

/// Log in
///
/// Gives an access token for an address and its password.
#[utoipa::path(
    tag = "users",
    request_body = Login,
    responses(
        (status = 200, description = "The access token", body = LoggedIn),
        Refused,
        WrongCredentials,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
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
    let Login { email, password } = Login::read(&body)?;
    limits.admit_login(client)?;
    if email.len() > EMAIL_MAX_BYTES {
        hasher.verify(password, None).await?;
        return Err(InvalidCredentials.into());
    }
    let key = FailuresKey::of(&email);
    let place = throttle.enter(&key).await;
    let by_key = key.clone();
    let (user, found) =
        db.read("log_in_user", move |db| queries::find_login(db, &email, by_key.as_str())).await?;
    throttle.admit(found, place.as_ref())?;
    let stored = user.as_ref().and_then(usable_hash);
    let matches = hasher.verify(password, stored).await?;
    let Some(user) = user.filter(|_| matches) else {
        throttle.count(db, key, found).await?;
        return Err(InvalidCredentials.into());
    };
    watch::saw_user(user.id.0);
    throttle.reset(db, key, found).await?;
    let access_token = tokens.issue(user.id).map_err(|error| Error::internal(error.to_string()))?;
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

impl Login {
    fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let email = fields.required("email", Ok);
        let password = fields.required_text("password");
        let built = email.zip(password).map(|(email, password)| Self { email, password });
        fields.finish(built)
    }
}
