use rocket::response::Redirect;
use rocket::{Either, State, get, post};

use super::asked::Asked;
use super::confirm::ConfirmPage;
use super::preview;
use super::steps::{Step, Stepped, again, change, done, stop, take};
use crate::calendar::{
    CalendarAccess, CalendarId, DatabaseName, NoAccess, NoSuchCalendar, NoSuchShare, OfferLimit, ShareId,
    Subject, read_calendar,
};
use crate::db::Db;
use crate::http::Form;
use crate::page::again::Again;
use crate::page::calendars::CalendarPage;
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;

type Id = Result<CalendarId, NoSuchCalendar>;

/// The first step is on the calendar's page.
#[get("/calendars/<id>/share")]
pub fn get_share(_visitor: Visitor, id: Id) -> Result<Redirect, Refused> {
    Ok(Redirect::to(format!("/calendars/{}#share", id?.0)))
}

/// Shows what the other will see; offers it, once that is confirmed.
#[post("/calendars/<id>/share", data = "<form>")]
pub async fn post_share(
    sender: Sender<'_>,
    id: Id,
    form: Form,
    db: &State<Db>,
    name: &State<DatabaseName>,
    limit: &State<OfferLimit>,
) -> Result<Stepped<CalendarPage>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let id = id?;
    let subject = Subject::Calendar(id);
    let calendar = read_calendar(db, visitor.user, id).await?;
    if calendar.access != CalendarAccess::Owner {
        return Err(NoAccess.into());
    }
    match take(db, **limit, &visitor, subject, &form).await {
        Ok(Step::Offered(share)) => Ok(Either::Left(done(subject, "offered", share.id))),
        Ok(Step::Reviewed(draft)) => {
            let days = preview::of_calendar(db, name, &visitor, id, draft.access).await?;
            let page = ConfirmPage::new(&visitor, subject, &calendar.name, &draft, days);
            Ok(Either::Right(Ok(page)))
        }
        Err(error) => {
            let (error, filled) = again(&form, error)?;
            let page = CalendarPage::read(db, &visitor, calendar, &Asked::default()).await?;
            Ok(Either::Right(Err(Again(error, page.with_first_step(filled)))))
        }
    }
}

/// Has a share let its receiver do something else.
#[post("/calendars/<id>/shares/<share>", data = "<form>")]
pub async fn post_access(
    sender: Sender<'_>,
    id: Id,
    share: Result<ShareId, NoSuchShare>,
    form: Form,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    change(db, &visitor, Subject::Calendar(id?), share, &form).await
}

/// Ends a share.
#[post("/calendars/<id>/shares/<share>/stop", data = "<form>")]
pub async fn post_stop(
    sender: Sender<'_>,
    id: Id,
    share: Result<ShareId, NoSuchShare>,
    form: Form,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    stop(db, &visitor, Subject::Calendar(id?), share).await
}
