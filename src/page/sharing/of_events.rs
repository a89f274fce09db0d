use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{Either, State, get, post};

use super::asked::Asked;
use super::confirm::ConfirmPage;
use super::event::Described;
use super::preview;
use super::section::Section;
use super::steps::{Step, Stepped, again, change, done, stop, take};
use crate::calendar::{
    EventId, NoAccess, NoSuchEvent, NoSuchShare, OfferLimit, Share, ShareId, StoredEvent, Subject,
    find_event, share_steps,
};
use crate::db::Db;
use crate::http::{Error, Form};
use crate::page::again::Again;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;

type Id = Result<EventId, NoSuchEvent>;

/// With whom an event is shared; to whom it is shared with, how to leave it.
#[derive(Template, WebTemplate)]
#[template(path = "sharing/event.html")]
pub struct EventPage {
    frame: Frame,
    event: Described,
    /// The language that dates are written in.
    locale: String,
    /// Where it is the visitor's own.
    sharing: Option<Section>,
    /// By which share they see it, where it is somebody else's and shared without its calendar.
    received: Option<Share>,
    /// The calendar that they see it in, where it is shared with that.
    calendar: Option<i64>,
}

impl EventPage {
    async fn read(db: &Db, visitor: &Visitor, event: &StoredEvent, asked: &Asked<'_>) -> Result<Self, Error> {
        let subject = Subject::Event(event.id);
        let described = Described::new(event, visitor)?;
        let is_own = event.shared.is_none();
        let sharing = match is_own {
            true => Some(Section::read(db, visitor, subject, asked).await?),
            false => None,
        };
        let received = match is_own {
            true => None,
            false => share_steps::list(db, visitor.user, subject, (0, 1)).await?.pop(),
        };
        Ok(Self {
            frame: Frame::new(&format!("Share {}", described.title), Part::Calendar, visitor),
            event: described,
            locale: visitor.words.locale().to_owned(),
            sharing,
            received,
            calendar: event.seen_calendar().filter(|_| !is_own).map(|calendar| calendar.0),
        })
    }
}

/// The first step, and with whom it is shared.
#[get("/events/<id>/share?<asked..>")]
pub async fn get_share(
    visitor: Visitor,
    id: Id,
    asked: Asked<'_>,
    db: &State<Db>,
) -> Result<EventPage, Refused> {
    let event = find_event(db, visitor.user, id?).await?;
    Ok(EventPage::read(db, &visitor, &event, &asked).await?)
}

/// Shows what the other will see; offers it, once that is confirmed.
#[post("/events/<id>/share", data = "<form>")]
pub async fn post_share(
    sender: Sender<'_>,
    id: Id,
    form: Form,
    db: &State<Db>,
    limit: &State<OfferLimit>,
) -> Result<Stepped<EventPage>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let id = id?;
    let subject = Subject::Event(id);
    let event = find_event(db, visitor.user, id).await?;
    if event.shared.is_some() {
        return Err(NoAccess.into());
    }
    match take(db, **limit, &visitor, subject, &form).await {
        Ok(Step::Offered(share)) => Ok(Either::Left(done(subject, "offered", share.id))),
        Ok(Step::Reviewed(draft)) => {
            let days = preview::of_event(&event, &visitor, draft.access)?;
            let page = ConfirmPage::new(&visitor, subject, &event.values.title, &draft, days);
            Ok(Either::Right(Ok(page)))
        }
        Err(error) => {
            let (error, filled) = again(&form, error)?;
            let mut page = EventPage::read(db, &visitor, &event, &Asked::default()).await?;
            page.sharing = page.sharing.map(|section| Section { form: filled, ..section });
            Ok(Either::Right(Err(Again(error, page))))
        }
    }
}

/// Has a share let its receiver do something else.
#[post("/events/<id>/shares/<share>", data = "<form>")]
pub async fn post_access(
    sender: Sender<'_>,
    id: Id,
    share: Result<ShareId, NoSuchShare>,
    form: Form,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    change(db, &visitor, Subject::Event(id?), share, &form).await
}

/// Ends a share; whoever had the event by it does not see this page any more.
#[post("/events/<id>/shares/<share>/stop", data = "<form>")]
pub async fn post_stop(
    sender: Sender<'_>,
    id: Id,
    share: Result<ShareId, NoSuchShare>,
    form: Form,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let id = id?;
    let is_own = find_event(db, visitor.user, id).await?.shared.is_none();
    let stopped = stop(db, &visitor, Subject::Event(id), share).await?;
    Ok(if is_own { stopped } else { Redirect::to("/calendars?done=left") })
}
