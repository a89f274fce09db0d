use chrono::{DateTime, Utc};
use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{State, post};
use serde::Serialize;

use super::email::Email;
use super::queries::{self, NewUser};
use crate::auth::PasswordHasher;
use crate::config::Config;
use crate::db::{Connection, Db, DbError};
use crate::error::Error;
use crate::http::{AddressLimits, Body, Bounded, ClientAddress};
use crate::time;

/// The longest password, in bytes: hashing must not be a way to keep the server busy.
const PASSWORD_MAX_BYTES: usize = 1024;

const ALREADY_REGISTERED: &str = "This e-mail address is already registered";

/// A registration whose fields are in order.
struct Registration {
    email: Email,
    password: String,
    name: Option<Bounded<255>>,
}

#[derive(Serialize)]
pub struct Registered {
    id: i64,
    email: String,
    name: Option<String>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    created_at: Option<DateTime<Utc>>,
}

/// Makes an account.
#[post("/register", data = "<body>")]
pub async fn register_user(
    client: ClientAddress,
    body: Body,
    limits: &State<AddressLimits>,
    config: &State<Config>,
    hasher: &State<PasswordHasher>,
    db: &State<Db>,
) -> Result<(Status, Json<Registered>), Error> {
    let Registration { email, password, name } = Registration::read(&body, config.password_min_length)?;
    limits.admit_registration(client)?;
    let hash = hasher.hash(password).await?.to_string();
    db.run("register_user", move |db| insert(db, &email, &hash, name.as_ref().map(Bounded::as_str)))
        .await?
        .map(|registered| (Status::Created, Json(registered)))
}

/// ORA-00001 does not say which constraint was meant where the schema leaves its name to Oracle,
/// so that the address is looked up before it is blamed.
fn insert(
    db: &mut Connection<'_>,
    email: &Email,
    hash: &str,
    name: Option<&str>,
) -> Result<Result<Registered, Error>, DbError> {
    match queries::insert_user(db, email.as_str(), hash, name) {
        Ok(NewUser { id, created_at }) => {
            let (email, name) = (email.as_str().to_owned(), name.map(str::to_owned));
            Ok(Ok(Registered { id: id.0, email, name, created_at }))
        }
        Err(DbError::Unique(_)) if queries::email_is_registered(db, email.as_str())? => {
            Ok(Err(Error::invalid("email", ALREADY_REGISTERED)))
        }
        Err(error) => Err(error),
    }
}

impl Registration {
    fn read(body: &Body, password_min_length: usize) -> Result<Self, Error> {
        let mut fields = body.fields();
        let email = fields.required("email", Email::parse);
        let name = fields.optional("name", Bounded::parse);
        let password = fields.required_text("password");
        let confirmation = fields.required_text("confirm_password");
        if let Some(password) = &password {
            if password.chars().count() < password_min_length {
                fields.refuse("password", format!("Must have at least {password_min_length} characters"));
            }
            if password.len() > PASSWORD_MAX_BYTES {
                fields.refuse(
                    "password",
                    format!("Must not be longer than {PASSWORD_MAX_BYTES} bytes in UTF-8"),
                );
            }
            if confirmation.is_some_and(|confirmation| confirmation != *password) {
                fields.refuse("password", "The passwords do not match");
            }
        }
        let built = email.zip(password).map(|(email, password)| Self { email, password, name });
        fields.finish(built)
    }
}
