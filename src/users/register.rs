use chrono::{DateTime, Utc};
use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::{OpenApi, RefOr, Schema};

use super::address_limits::AddressLimits;
use super::error::AddressTaken;
use super::password::NewPassword;
use super::queries::{self, NewUser};
use super::settings::Settings;
use crate::auth::PasswordHasher;
use crate::db::{Db, DbError, Unit};
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, ClientAddress, Error};
use crate::text::Bounded;
use crate::text::Email;
use crate::time;

/// A registration whose fields are in order.
struct Registration {
    email: Email,
    password: NewPassword,
    name: Option<Bounded<255>>,
}

/// An account to make.
#[derive(ToSchema)]
#[schema(as = Registration)]
#[expect(dead_code, reason = "`Registration` is what is read; the confirmation is not kept")]
pub struct RegistrationBody {
    /// Compared exactly, in upper and lower case as it is written. At most 255 bytes in UTF-8;
    /// blanks around it do not count.
    #[schema(format = "idn-email", min_length = 1, max_length = 255, example = "john@example.com")]
    email: String,
    /// Taken as it comes, blanks and all. The shortest length is counted in characters; at most
    /// 1,024 bytes in UTF-8.
    #[schema(format = Password, min_length = 8, max_length = 1024, example = "correct horse")]
    password: String,
    /// The password once more.
    #[schema(format = Password, min_length = 8, max_length = 1024, example = "correct horse")]
    confirm_password: String,
    /// At most 255 bytes in UTF-8; blanks around it do not count, and a blank one is no name.
    #[schema(max_length = 255, example = "John Doe")]
    name: Option<String>,
}

/// A new account.
#[derive(Serialize, ToSchema)]
pub struct Registered {
    #[schema(minimum = 1, example = 1)]
    id: i64,
    #[schema(format = "idn-email", example = "john@example.com")]
    email: String,
    #[schema(required, example = "John Doe")]
    name: Option<String>,
    /// When it was made, in UTC; six fractional digits where they are not zero.
    #[schema(required, value_type = Option<String>, format = DateTime, example = "2025-12-05T10:30:00+00:00")]
    #[serde(serialize_with = "time::serialize_with_offset")]
    created_at: Option<DateTime<Utc>>,
}

/// Register
///
/// Makes an account. Log in to get an access token.
#[utoipa::path(
    tag = "users",
    request_body = RegistrationBody,
    responses(
        (status = 201, description = "The account is there", body = Registered),
        Refused,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[post("/register", data = "<body>")]
pub async fn register_user(
    client: ClientAddress,
    body: Body,
    limits: &State<AddressLimits>,
    settings: &State<Settings>,
    hasher: &State<PasswordHasher>,
    db: &State<Db>,
) -> Result<(Status, Json<Registered>), Error> {
    Ok((Status::Created, Json(register(client, &body, limits, settings, hasher, db).await?)))
}

/// Makes an account.
///
/// # Errors
/// A 400 on the fields `email`, `password`, `confirm_password` and `name` that are wrong, a 409 where the address is taken, a 429
/// and a 503 where there is too much at once.
pub async fn register(
    client: ClientAddress,
    body: &Body,
    limits: &AddressLimits,
    settings: &Settings,
    hasher: &PasswordHasher,
    db: &Db,
) -> Result<Registered, Error> {
    let Registration { email, password, name } = Registration::read(body, settings.password_min_length)?;
    limits.admit_registration(client)?;
    let hash = hasher.enter(client)?.hash(password.into_text()).await.to_string();
    db.unit("register_user", move |db| insert(db, &email, &hash, name.as_ref().map(Bounded::as_str))).await?
}

/// ORA-00001 does not say which constraint was meant where the schema leaves its name to Oracle,
/// so that the address is looked up before it is blamed.
fn insert(
    db: &mut Unit<'_>,
    email: &Email,
    hash: &str,
    name: Option<&str>,
) -> Result<Result<Registered, Error>, DbError> {
    match queries::insert_user(db.last(), email.as_str(), hash, name) {
        Ok(NewUser { id, created_at }) => {
            let (email, name) = (email.as_str().to_owned(), name.map(str::to_owned));
            Ok(Ok(Registered { id: id.0, email, name, created_at }))
        }
        Err(DbError::Unique(_)) if queries::email_is_registered(db, email.as_str())? => {
            Ok(Err(AddressTaken.into()))
        }
        Err(error) => Err(error),
    }
}

impl Registration {
    fn read(body: &Body, password_min_length: usize) -> Result<Self, Error> {
        let mut fields = body.fields();
        let email = fields.required("email", Email::parse);
        let name = fields.optional("name", Bounded::parse);
        let password = NewPassword::read(&mut fields, password_min_length);
        let built = email.zip(password).map(|(email, password)| Self { email, password, name });
        fields.finish(built)
    }
}

/// Puts the shortest password that a server takes into its document.
pub fn describe_settings(document: &mut OpenApi, settings: &Settings) {
    for schema in ["Registration", "PasswordChange"] {
        for field in ["password", "confirm_password"] {
            if let Some(limit) = shortest(document, schema, field) {
                *limit = Some(settings.password_min_length);
            }
        }
    }
}

fn shortest<'d>(document: &'d mut OpenApi, schema: &str, field: &str) -> Option<&'d mut Option<usize>> {
    let schema = document.components.as_mut()?.schemas.get_mut(schema)?;
    let RefOr::T(Schema::Object(schema)) = schema else { return None };
    match schema.properties.get_mut(field)? {
        RefOr::T(Schema::Object(field)) => Some(&mut field.min_length),
        _ => None,
    }
}
