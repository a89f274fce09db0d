use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::authenticate::Logins;
use super::closing::LoginClosed;
use super::error::WrongCredentials;
use super::queries::Credentials;
use crate::auth::Tokens;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error};
use crate::sessions::{Device, Issued, Kind, Opening};

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
pub struct UserSummary {
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
    logins: Logins<'_>,
    tokens: &State<Tokens>,
) -> Result<Json<LoggedIn>, Error> {
    let Login { email, password, refresh } = Login::read(&body)?;
    let authenticated = logins.authenticate(device.address, email, password).await?;
    let user_id = authenticated.user.id;
    let (user, access_token, refresh_token, expires_in) = match refresh {
        true => {
            let opening = Arc::new(Opening::new(tokens, user_id, Kind::Token, device));
            let (begins, hash) = (Arc::clone(&opening), authenticated.user.password_hash.clone());
            let user = authenticated
                .succeeded_with(opening.session(), move |db| begins.insert(db.last(), &hash))
                .await?;
            let Issued { access_token, refresh_token, expires_in } = opening.issue(tokens)?;
            (user, access_token, Some(refresh_token), Some(expires_in))
        }
        false => {
            let asked_at = authenticated.asked_at;
            let user = authenticated.succeeded().await?;
            let access_token =
                tokens.issue(user_id, asked_at).map_err(|error| Error::internal(error.to_string()))?;
            (user, access_token, None, None)
        }
    };
    Ok(Json(LoggedIn { access_token, user: user.into(), refresh_token, expires_in }))
}

impl From<Credentials> for UserSummary {
    fn from(user: Credentials) -> Self {
        Self { id: user.id.0, email: user.email, name: user.name }
    }
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
