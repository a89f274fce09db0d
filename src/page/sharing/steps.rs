//! What the pages of calendars and those of events do alike.

use rocket::Either;
use rocket::response::Redirect;
use serde_json::json;

use super::confirm::ConfirmPage;
use super::section::addresses;
use crate::calendar::{NoSuchShare, OfferLimit, Share, ShareDraft, ShareId, Subject, share_steps};
use crate::db::Db;
use crate::http::{Body, Error, Form};
use crate::page::again::Again;
use crate::page::filled::Filled;
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;

/// The answer to either step: it is done, or the second step, or the first one once more.
pub type Stepped<P> = Either<Redirect, Result<ConfirmPage, Again<P>>>;

/// What a step has come to.
pub enum Step {
    /// It is offered.
    Offered(Share),
    /// It would be.
    Reviewed(ShareDraft),
}

/// Takes a step: the second one offers.
///
/// # Errors
/// As [`share_steps::create`].
pub async fn take(
    db: &Db,
    limit: OfferLimit,
    visitor: &Visitor,
    subject: Subject,
    form: &Form,
) -> Result<Step, Error> {
    let body = Body::of(["email", "access"].map(|name| (name, json!(form.get(name)))));
    match form.get("confirm") {
        Some(_) => share_steps::create(db, limit, visitor.user, subject, &body).await.map(Step::Offered),
        None => share_steps::review(db, visitor.user, subject, &body).await.map(Step::Reviewed),
    }
}

/// The first step once more, with what is wrong with it.
///
/// # Errors
/// What is not the form's.
pub fn again(form: &Form, error: Error) -> Result<(Error, Filled), Refused> {
    let error = Refused::unless_of_form(error)?;
    let filled = Filled::refused(form, &["email", "access"], &error);
    Ok((error, filled))
}

/// Has a share let its receiver do something else.
///
/// # Errors
/// As [`share_steps::patch`].
pub async fn change(
    db: &Db,
    visitor: &Visitor,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
    form: &Form,
) -> Result<Redirect, Refused> {
    let body = Body::of([("access", json!(form.get("access")))]);
    let share = share_steps::patch(db, visitor.user, subject, share, &body).await?;
    Ok(done(subject, "changed", share.id))
}

/// Ends a share.
///
/// # Errors
/// As [`share_steps::delete`].
pub async fn stop(
    db: &Db,
    visitor: &Visitor,
    subject: Subject,
    share: Result<ShareId, NoSuchShare>,
) -> Result<Redirect, Refused> {
    share_steps::delete(db, visitor.user, subject, share).await?;
    let (_, here) = addresses(subject);
    Ok(Redirect::to(format!("{here}?done=stopped")))
}

/// Leads to the page that says what was done with a share.
pub fn done(subject: Subject, what: &str, share: i64) -> Redirect {
    let (_, here) = addresses(subject);
    Redirect::to(format!("{here}?done={what}&share={share}"))
}
