use rocket::Request;
use rocket::http::Status;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::Verified;
use crate::http::{Error, Form, Submitted, changes_something};

/// The header in which a page's script says what its user's readable cookie says.
const HEADER: &str = "X-CSRF-TOKEN";

/// 401 on `csrf`, in Flask-JWT-Extended's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproved {
    /// Nothing came along.
    Missing,
    /// What came is not the token's.
    Wrong,
}

impl From<Unproved> for Error {
    fn from(unproved: Unproved) -> Self {
        let message = match unproved {
            Unproved::Missing => "Missing CSRF token",
            Unproved::Wrong => "CSRF double submit tokens do not match",
        };
        Self::new(Status::Unauthorized, "csrf", message).with_header("WWW-Authenticate", "Bearer")
    }
}

/// By what a request proves that a page of ours sent it, and not merely a browser that was told to by
/// another one: the `csrf` of the token that its cookie holds.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'r> {
    is_needed: bool,
    header: Option<&'r str>,
    may_come_in_body: bool,
}

impl<'r> Proof<'r> {
    /// That of a request, as far as its head goes.
    pub fn of(request: &'r Request<'_>) -> Self {
        if !changes_something(request) {
            return Self { is_needed: false, header: None, may_come_in_body: false };
        }
        let header = request.headers().get_one(HEADER).filter(|token| !token.is_empty());
        let may_come_in_body = header.is_none() && Form::is_sent(request);
        Self { is_needed: true, header, may_come_in_body }
    }

    /// Looks at what is there before the body is read: whatever a form does not make good any more.
    ///
    /// # Errors
    /// As [`Proof::confirm`].
    pub fn confirm_early(&self, token: &Verified) -> Result<(), Unproved> {
        if self.may_come_in_body { Ok(()) } else { self.confirm(token, None::<&Form>) }
    }

    /// Compares, in constant time. A request that changes nothing needs no proof.
    ///
    /// # Errors
    /// `Unproved`, where it is not the token's; a token that has no `csrf` can have no proof.
    pub fn confirm(&self, token: &Verified, body: Option<&impl Submitted>) -> Result<(), Unproved> {
        if !self.is_needed {
            return Ok(());
        }
        let in_body = || body.and_then(|body| body.csrf_token()).filter(|token| !token.is_empty());
        let shown = self.header.or_else(in_body).ok_or(Unproved::Missing)?;
        let csrf = token.csrf.ok_or(Unproved::Wrong)?;
        let mut buffer = Uuid::encode_buffer();
        let csrf = csrf.hyphenated().encode_lower(&mut buffer);
        match csrf.as_bytes().ct_eq(shown.as_bytes()).into() {
            true => Ok(()),
            false => Err(Unproved::Wrong),
        }
    }
}
