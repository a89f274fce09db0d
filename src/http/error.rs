//! The one form of an error: what the client sees, apart from what the log sees. Which errors there
//! are, each feature says for itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use rocket::Request;
use rocket::http::{Header, Status};
use rocket::outcome::Outcome;
use rocket::response::{Responder, Response, Result as ResponseResult};
use rocket::serde::json::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::watch::{self, Record, RequestId};

/// What is wrong with each field, by the field's name.
pub type FieldErrors = BTreeMap<&'static str, String>;

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct ErrorBody {
    /// What is wrong, for a person, by the name of each field that is at fault. Where none is:
    /// `body`, `authorization`, `csrf`, `origin`, `login`, `id`, `path`, `method`, `limit`, `rate_limit`, `database`
    /// or `server`.
    #[schema(value_type = BTreeMap<String, String>)]
    errors: FieldErrors,
}

/// Why a request was not served.
#[derive(Debug, Clone)]
pub struct Error {
    status: Status,
    fields: FieldErrors,
    header: Option<(&'static str, Cow<'static, str>)>,
    cause: Option<Cause>,
}

/// What the log is told, and the client never is.
#[derive(Debug, Clone)]
pub enum Cause {
    /// Something is broken: an error.
    Fault(String),
    /// There was too much at once: a warning.
    Strain(String),
    /// The log has been told of it already.
    Told(String),
}

/// What a 503 tells the client to wait, in seconds.
const RETRY_AFTER: &str = "2";

impl Error {
    /// An error on one field. A 503 tells the client when to come back.
    pub fn new(status: Status, field: &'static str, message: impl Into<String>) -> Self {
        let unavailable = status == Status::ServiceUnavailable;
        Self {
            status,
            fields: FieldErrors::from([(field, message.into())]),
            header: unavailable.then_some(("Retry-After", RETRY_AFTER.into())),
            cause: None,
        }
    }

    /// A 400 on one field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::new(Status::BadRequest, field, message)
    }

    /// A 400 on these fields, all at once.
    pub fn of_fields(fields: FieldErrors) -> Self {
        Self { fields, ..Self::invalid("body", "") }
    }

    /// A 404 on `path`.
    pub fn no_such_path() -> Self {
        Self::new(Status::NotFound, "path", "Not found")
    }

    /// A 413 on `body`.
    pub fn body_too_large() -> Self {
        Self::new(Status::PayloadTooLarge, "body", "The request body is larger than 64 KiB")
    }

    /// The status that it is answered with.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What is wrong, for a person, by the name of each field that is at fault.
    pub fn fields(&self) -> &FieldErrors {
        &self.fields
    }

    /// A header of the answer.
    pub fn header(&self) -> Option<(&'static str, &str)> {
        self.header.as_ref().map(|(name, value)| (*name, &**value))
    }

    /// A 500 on `server`.
    pub fn internal(cause: impl Into<String>) -> Self {
        Self::new(Status::InternalServerError, "server", "Internal server error")
            .because(Cause::Fault(cause.into()))
    }

    /// With a header of the answer.
    pub fn with_header(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        Self { header: Some((name, value.into())), ..self }
    }

    /// With what the log is told.
    pub fn because(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    /// The log is told once of what is not the client's doing, with the id of the request, which the
    /// client sees, and its cause, which it never does.
    pub fn log(&self, request: &Request<'_>) {
        let what = format_args!("{} {}", request.method(), watch::route_pattern(request));
        self.tell(&Record::of(request).id, what);
    }

    /// As [`log`](Self::log), of a request that is known by these words.
    pub(super) fn tell(&self, request_id: &RequestId, what: impl Display) {
        match &self.cause {
            Some(Cause::Fault(cause)) => tracing::error!(%request_id, "{what}: {cause}"),
            Some(Cause::Strain(cause)) => tracing::warn!(%request_id, "{what}: {cause}"),
            Some(Cause::Told(cause)) => tracing::debug!(%request_id, "{what}: {cause}"),
            None => {}
        }
    }

    /// As a guard's failure: kept in the request, for the catcher to answer with.
    pub fn in_guard<S, F>(self, request: &Request<'_>) -> Outcome<S, (Status, Self), F> {
        request.local_cache(|| Some(self.clone()));
        Outcome::Error((self.status, self))
    }

    /// The error with which a guard failed this request.
    pub fn of_guard(request: &Request<'_>) -> Option<Self> {
        request.local_cache(|| None::<Self>).clone()
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> ResponseResult<'static> {
        self.log(request);
        let mut response = Response::build_from(Json(ErrorBody { errors: self.fields }).respond_to(request)?);
        // No fairing sees the answer to a request that Rocket could not read.
        response.raw_header(watch::REQUEST_ID, Record::of(request).id.to_string());
        if let Some((name, value)) = self.header {
            response.header(Header::new(name, value));
        }
        response.status(self.status).ok()
    }
}
