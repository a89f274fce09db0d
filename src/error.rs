//! What can go wrong with a request: one enum, with what the client sees apart from what the log
//! sees.

use std::collections::BTreeMap;

use rocket::Request;
use rocket::http::{Header, Status};
use rocket::outcome::Outcome;
use rocket::response::{Responder, Response, Result as ResponseResult};
use rocket::serde::json::Json;
use serde::Serialize;
use thiserror::Error as ThisError;
use utoipa::ToSchema;

use crate::auth::Busy;
use crate::db::DbError;
use crate::id::NoSuchId;
use crate::watch::{self, Record};

/// What is wrong with each field, by the field's name.
pub type FieldErrors = BTreeMap<&'static str, String>;

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct ErrorBody {
    /// What is wrong, for a person, by the name of each field that is at fault. Where none is:
    /// `body`, `authorization`, `id`, `path`, `method`, `rate_limit`, `database` or `server`.
    #[schema(value_type = BTreeMap<String, String>)]
    errors: FieldErrors,
}

/// Why a request was not served.
#[derive(Debug, Clone, ThisError)]
pub enum Error {
    /// 400: these fields, all at once.
    #[error("invalid fields")]
    Invalid(FieldErrors),
    /// 401 on `authorization`, with what is wrong with the access token.
    #[error("{0}")]
    Unauthorized(&'static str),
    /// 401 on `email`: an unknown address or a wrong password, nobody learns which.
    #[error("invalid credentials")]
    InvalidCredentials,
    /// 404 on `id`: an event that is not there, or somebody else's.
    #[error("no such event")]
    NoSuchEvent,
    /// 404 on `path`.
    #[error("no such route")]
    NoSuchPath,
    /// 405 on `method`; what the path does take, as the `Allow` header lists it.
    #[error("method not allowed")]
    MethodNotAllowed(String),
    /// 413 on `body`.
    #[error("body too large")]
    BodyTooLarge,
    /// 429 on `rate_limit`: so many seconds are left to wait.
    #[error("too many attempts")]
    RateLimited(u64),
    /// 503 on `server`: too many passwords are waiting to be hashed.
    #[error("the line for password hashing is full")]
    Busy,
    /// 503 on `database`: it answers, and lacks migrations.
    #[error("the schema is not in order")]
    NotMigrated,
    /// 503 on `database`, or 500 on `server` where the database is not to blame.
    #[error("{0}")]
    Database(#[from] DbError),
    /// 500 on `server`.
    #[error("{0}")]
    Internal(String),
}

/// What a 503 tells the client to wait, in seconds.
const RETRY_AFTER: &str = "2";

impl Error {
    /// A 400 on one field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::from([(field, message.into())]))
    }

    /// The status it is answered with.
    pub fn status(&self) -> Status {
        match self {
            Self::Invalid(_) => Status::BadRequest,
            Self::Unauthorized(_) | Self::InvalidCredentials => Status::Unauthorized,
            Self::NoSuchEvent | Self::NoSuchPath => Status::NotFound,
            Self::MethodNotAllowed(_) => Status::MethodNotAllowed,
            Self::BodyTooLarge => Status::PayloadTooLarge,
            Self::RateLimited(_) => Status::TooManyRequests,
            Self::Busy | Self::NotMigrated | Self::Database(DbError::Unavailable(_) | DbError::Away(_)) => {
                Status::ServiceUnavailable
            }
            Self::Database(_) | Self::Internal(_) => Status::InternalServerError,
        }
    }

    fn fields(self) -> FieldErrors {
        let (field, message) = match self {
            Self::Invalid(fields) => return fields,
            Self::Unauthorized(message) => ("authorization", message),
            Self::InvalidCredentials => ("email", "Invalid credentials"),
            Self::NoSuchEvent => ("id", "Event not found"),
            Self::NoSuchPath => ("path", "Not found"),
            Self::MethodNotAllowed(_) => ("method", "Method not allowed"),
            Self::BodyTooLarge => ("body", "The request body is larger than 64 KiB"),
            Self::RateLimited(_) => ("rate_limit", "Too many attempts, please try again later"),
            Self::Busy => ("server", "Too many logins at once, please try again shortly"),
            Self::NotMigrated => ("database", "The schema of the database is not in order yet"),
            Self::Database(DbError::Unavailable(_) | DbError::Away(_)) => {
                ("database", "The database is not available, please try again shortly")
            }
            Self::Database(_) | Self::Internal(_) => ("server", "Internal server error"),
        };
        FieldErrors::from([(field, message.to_owned())])
    }

    /// A 5xx is told to the log once, with its cause, which the client never sees, and the id of the
    /// request, which it does.
    fn log(&self, request: &Request<'_>) {
        let (method, route) = (request.method(), watch::route_pattern(request));
        let request_id = &Record::of(request).id;
        match self {
            Self::Busy => tracing::warn!(%request_id, "{method} {route}: {self}"),
            Self::NotMigrated | Self::Database(DbError::Away(_)) => {
                tracing::debug!(%request_id, "{method} {route}: {self}");
            }
            Self::Database(_) | Self::Internal(_) => {
                tracing::error!(%request_id, "{method} {route}: {self}");
            }
            _ => {}
        }
    }

    /// As a guard's failure: kept in the request, for the catcher to answer with.
    pub fn in_guard<S, F>(self, request: &Request<'_>) -> Outcome<S, (Status, Self), F> {
        request.local_cache(|| Some(self.clone()));
        Outcome::Error((self.status(), self))
    }

    /// The error with which a guard failed this request.
    pub fn of_guard(request: &Request<'_>) -> Option<Self> {
        request.local_cache(|| None::<Self>).clone()
    }
}

impl From<NoSuchId> for Error {
    fn from(NoSuchId: NoSuchId) -> Self {
        Self::NoSuchEvent
    }
}

impl From<Busy> for Error {
    fn from(Busy: Busy) -> Self {
        Self::Busy
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> ResponseResult<'static> {
        self.log(request);
        let status = self.status();
        let header = match &self {
            Self::Unauthorized(_) | Self::InvalidCredentials => {
                Some(Header::new("WWW-Authenticate", "Bearer"))
            }
            Self::MethodNotAllowed(allowed) => Some(Header::new("Allow", allowed.clone())),
            Self::RateLimited(seconds) => Some(Header::new("Retry-After", seconds.to_string())),
            _ if status == Status::ServiceUnavailable => Some(Header::new("Retry-After", RETRY_AFTER)),
            _ => None,
        };
        let mut response =
            Response::build_from(Json(ErrorBody { errors: self.fields() }).respond_to(request)?);
        // No fairing sees the answer to a request that Rocket could not read.
        response.raw_header(watch::REQUEST_ID, Record::of(request).id.to_string());
        if let Some(header) = header {
            response.header(header);
        }
        response.status(status).ok()
    }
}
