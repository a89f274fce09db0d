use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::looks::Looks;
use super::visitor::{Known, Visitor};
use crate::auth::{Caller, VerifiedToken};
use crate::db::Db;
use crate::http::{Error, Form};

/// Who sends a page's form: that is known once the form has proved that a page of ours sent it.
pub struct Sender<'r> {
    caller: Caller<'r>,
    looks: Looks,
    known: &'r Known,
    db: &'r Db,
}

impl Sender<'_> {
    /// Who it is.
    ///
    /// # Errors
    /// A 401 where the form does not prove it; else as [`Visitor::of`].
    pub async fn confirmed_by(self, form: &Form) -> Result<Visitor, Error> {
        let VerifiedToken(token) = self.caller.confirmed_by(form).await?;
        let visitor = Visitor::of(self.db, token, self.looks).await?;
        self.known.set(&visitor);
        Ok(visitor)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Sender<'r> {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let db = request.rocket().state::<Db>().expect("the database is managed at the start");
        match Caller::from_request(request).await {
            Outcome::Success(caller) => {
                let (looks, known) = (Looks::of(request), Known::of(request));
                Outcome::Success(Self { caller, looks, known, db })
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}
