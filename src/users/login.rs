use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::queries;
use crate::auth::{PasswordHash, PasswordHasher, Tokens};
use crate::db::Db;
use crate::docs::{Broken, Refused, TooLarge, Unavailable, WrongCredentials};
use crate::error::Error;
use crate::http::Body;

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
        Broken,
        Unavailable,
    ),
)]
#[post("/login", data = "<body>")]
pub async fn log_in_user(
    body: Body,
    hasher: &State<PasswordHasher>,
    tokens: &State<Tokens>,
    db: &State<Db>,
) -> Result<Json<LoggedIn>, Error> {
    let Login { email, password } = Login::read(&body)?;
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
    let access_token = tokens.issue(user.id).map_err(|error| Error::Internal(error.to_string()))?;
    let user = UserSummary { id: user.id.0, email: user.email, name: user.name };
    Ok(Json(LoggedIn { access_token, user }))
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
