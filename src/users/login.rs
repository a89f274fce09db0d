use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::address_limits::AddressLimits;
use super::closing::LoginClosed;
use super::error::{InvalidCredentials, WrongCredentials};
use super::queries::Credentials;
use super::throttle::LoginThrottle;
use crate::auth::{PasswordHash, PasswordHasher, Tokens, now};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, ClientAddress, Error};
use crate::sessions::{Device, Issued, Kind, Opening};
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
    /// Whether to begin a session, which a refresh token prolongs; `false` where it is left out.
    #[schema(required = false, nullable, example = false)]
    refresh: bool,
}

#[derive(Serialize, ToSchema)]
pub struct LoggedIn {
    /// A JSON Web Token, for `Authorization: Bearer …`. It is good for an hour, unless the server's
    /// settings say otherwise.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    access_token: String,
    user: UserSummary,
    /// For the first refresh, where a session was asked for.
    #[schema(required = false, nullable = false, example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    /// How long the access token is good for, in seconds, where a session was asked for.
    #[schema(required = false, nullable = false, minimum = 1, example = 3600)]
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in: Option<u64>,
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
/// Gives an access token for an address and its password; a refresh token, too, where a session is asked for.
#[utoipa::path(
    tag = "users",
    request_body = Login,
    responses(
        (status = 200, description = "The access token", body = LoggedIn),
        Refused,
        WrongCredentials,
        LoginClosed,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[post("/login", data = "<body>")]
pub async fn log_in_user(
    device: Device,
    body: Body,
    limits: &State<AddressLimits>,
    hasher: &State<PasswordHasher>,
    tokens: &State<Tokens>,
    db: &State<Db>,
    throttle: &State<LoginThrottle>,
) -> Result<Json<LoggedIn>, Error> {
    let Login { email, password, refresh } = Login::read(&body)?;
    let client = ClientAddress::of(device.address);
    limits.admit_login(client)?;
    if email.len() > EMAIL_MAX_BYTES {
        hasher.enter(client)?.verify(password, None).await;
        return Err(InvalidCredentials.into());
    }
    // Before the password's hash is read: who changes it in between refuses this login's token, too.
    let asked_at = now().as_secs();
    let (user, mut attempt) = throttle.begin(db, email).await?;
    // Before the try is counted: whom the line turns away has not been wrong.
    let place = hasher.enter(client)?;
    attempt.reserve(db).await?;
    let stored = user.as_ref().and_then(usable_hash);
    let matches = place.verify(password, stored).await;
    let Some(user) = user.filter(|_| matches) else {
        attempt.failed(db).await?;
        return Err(InvalidCredentials.into());
    };
    watch::saw_user(user.id.0);
    if let Some(closed) = user.closed {
        attempt.succeeded(db).await?;
        return Err(closed.into());
    }
    let (access_token, refresh_token, expires_in) = match refresh {
        true => {
            let opening = Arc::new(Opening::new(tokens, user.id, Kind::Token, device));
            let (begins, hash) = (Arc::clone(&opening), user.password_hash);
            if !attempt.succeeded_with(db, move |db| begins.insert(db, &hash)).await? {
                return Err(InvalidCredentials.into());
            }
            let Issued { access_token, refresh_token, expires_in } = opening.issue(tokens)?;
            (access_token, Some(refresh_token), Some(expires_in))
        }
        false => {
            attempt.succeeded(db).await?;
            (tokens.issue(user.id, asked_at).map_err(|error| Error::internal(error.to_string()))?, None, None)
        }
    };
    let user = UserSummary { id: user.id.0, email: user.email, name: user.name };
    Ok(Json(LoggedIn { access_token, user, refresh_token, expires_in }))
}

/// The hash that a password is checked against; none where it is not of a form that is known.
pub fn usable_hash(user: &Credentials) -> Option<PasswordHash> {
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
        let refresh = fields.boolean("refresh").unwrap_or(false);
        let built = email.zip(password).map(|(email, password)| Self { email, password, refresh });
        fields.finish(built)
    }
}
