use rocket::http::Status;
use utoipa::IntoResponses;

use crate::http::{Error, ErrorBody};

/// 403 on `access`: one may see it, and not do this with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAccess;

impl From<NoAccess> for Error {
    fn from(NoAccess: NoAccess) -> Self {
        Self::new(Status::Forbidden, "access", "You may see this, but not do this with it")
    }
}

/// 404 on `id`: a share that is not there, or none of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchShare;

impl From<NoSuchShare> for Error {
    fn from(NoSuchShare: NoSuchShare) -> Self {
        Self::new(Status::NotFound, "id", "Share not found")
    }
}

/// 404 on `id`: an offer that is not there, or not for one's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchOffer;

impl From<NoSuchOffer> for Error {
    fn from(NoSuchOffer: NoSuchOffer) -> Self {
        Self::new(Status::NotFound, "id", "Offer not found")
    }
}

/// One may see it, and not do this with it (`access`).
#[derive(IntoResponses)]
#[response(status = 403, example = json!({"errors": {"access": "You may see this, but not do this with it"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Forbidden(ErrorBody);

/// There is no such share, or of nothing that one may see.
#[derive(IntoResponses)]
#[response(status = 404, example = json!({"errors": {"id": "Share not found"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct ShareNotFound(ErrorBody);

/// There is no such offer for one's address.
#[derive(IntoResponses)]
#[response(status = 404, example = json!({"errors": {"id": "Offer not found"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct OfferNotFound(ErrorBody);
