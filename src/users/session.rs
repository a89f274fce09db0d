use std::sync::Arc;

use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::authenticate::Logins;
use super::error::WrongCredentials;
use super::login::UserSummary;
use super::queries::Credentials;
use crate::auth::{NewCookies, Revocations, Tokens};
use crate::http::responses::{Broken, Elsewhere, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error};
use crate::sessions::{Device, Ending, Kind, Opening};

/// An address and its password, of who wants to be known by cookies.
#[derive(ToSchema)]
struct CookieLogin {
    /// The address of the account, exactly as it was registered. Blanks around it do not count.
    #[schema(format = "idn-email", min_length = 1, example = "john@example.com")]
    email: String,
    #[schema(format = Password, min_length = 1, example = "correct horse")]
    password: String,
    /// Whether the cookies last as long as the refresh token, instead of ending with the browser; `false` where
    /// it is left out.
    #[schema(required = false, nullable, example = false)]
    remember: bool,
}

/// Who has logged in. The tokens are in the cookies alone.
#[derive(Serialize, ToSchema)]
pub struct CookieSession {
    user: UserSummary,
    /// For `X-CSRF-TOKEN`, as `csrf_access_token` has it, too.
    #[schema(value_type = String, format = "uuid", example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    csrf_token: Uuid,
}

/// Log a browser in
///
/// Begins a session whose tokens are kept as cookies, which no script can read: `access_token_cookie` and
/// `refresh_token_cookie`. Beside them are `csrf_access_token` and `csrf_refresh_token`, for scripts: what they
/// hold goes into `X-CSRF-TOKEN`. A session that the browser has ends.
#[utoipa::path(
    tag = "sessions",
    request_body = CookieLogin,
    responses(
        (
            status = 200,
            description = "The cookies are set",
            body = CookieSession,
            headers(("Set-Cookie" = String, description = "The four of them")),
        ),
        Refused,
        WrongCredentials,
        Elsewhere,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[post("/session", data = "<body>")]
pub async fn begin_cookie_session(
    new: NewCookies<'_>,
    device: Device,
    body: Body,
    logins: Logins<'_>,
    tokens: &State<Tokens>,
    revocations: &State<Arc<Revocations>>,
) -> Result<Json<CookieSession>, Error> {
    let (user, csrf_token) = log_in(new, device, &body, logins, tokens, revocations).await?;
    Ok(Json(CookieSession { user: user.into(), csrf_token }))
}

/// Begins a session by cookies: who it is, and by what their pages prove themselves.
///
/// # Errors
/// A 400 on the fields `email`, `password` and `remember` that are wrong; else as [`Logins::authenticate`].
pub async fn log_in(
    new: NewCookies<'_>,
    device: Device,
    body: &Body,
    logins: Logins<'_>,
    tokens: &Tokens,
    revocations: &Arc<Revocations>,
) -> Result<(Credentials, Uuid), Error> {
    let CookieLogin { email, password, remember } = CookieLogin::read(body)?;
    let authenticated = logins.authenticate(device.address, email, password).await?;
    // Never gone on with: whoever put its cookies there would have it, too.
    let ending = new.replaced.and_then(|token| Ending::of(&token, device.address, revocations));
    let opening = Opening::new(tokens, authenticated.user.id, Kind::Cookies { remember }, device);
    let opening = Arc::new(opening);
    let (begins, ends, hash) =
        (Arc::clone(&opening), ending.clone(), authenticated.user.password_hash.clone());
    let user = authenticated.succeeded_with(opening.session(), move |db| {
        let Some(ends) = ends else { return begins.insert(db.last(), &hash) };
        let begun = begins.insert(db, &hash)?;
        if begun {
            ends.write_last(db)?;
        }
        Ok(begun)
    });
    let user = user.await?;
    ending.iter().for_each(Ending::note);
    let csrf_token = opening.set(tokens, &new.cookies)?;
    Ok((user, csrf_token))
}

impl CookieLogin {
    fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let email = fields.required("email", Ok);
        let password = fields.required_text("password");
        let remember = fields.boolean("remember").unwrap_or(false);
        let built = email.zip(password).map(|(email, password)| Self { email, password, remember });
        fields.finish(built)
    }
}
