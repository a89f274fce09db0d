use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{State, get};

use crate::calendar::{Access, Calendar, CalendarId, EventId, Share, find_event, offer_steps, read_calendar};
use crate::db::Db;
use crate::http::Error;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sharing::Described;
use crate::page::visitor::Visitor;

/// What is offered, and where it is what was accepted just now.
#[derive(Template, WebTemplate)]
#[template(path = "offers/offers.html")]
pub struct OffersPage {
    frame: Frame,
    /// One's own address, to which others offer.
    email: String,
    offers: Vec<Offer>,
    /// How many are not shown yet.
    more: usize,
    accepted: Option<Accepted>,
    is_declined: bool,
    /// The language that dates are written in.
    locale: String,
}

/// An offer: of whoever makes it their address alone is told.
struct Offer {
    id: i64,
    email: String,
    sentence: &'static str,
}

/// What was accepted.
enum Accepted {
    Calendar(Box<Calendar>),
    Event(Box<Described>),
}

/// So many are shown at once.
const AT_MOST: i64 = 50;

impl Offer {
    fn new(share: Share) -> Self {
        let sentence = match share.access {
            Access::Busy => "A calendar: you would see when their time is taken, and nothing else.",
            Access::Read => {
                "A calendar or an event: you would see it, of what is private only when it takes place."
            }
            Access::Write => {
                "A calendar or an event: you would see it and could change and delete what is in it, but for what is private."
            }
        };
        Self { id: share.id, email: share.email, sentence }
    }
}

/// What was accepted, where one sees it.
async fn accepted(
    db: &Db,
    visitor: &Visitor,
    calendar: Option<i64>,
    event: Option<i64>,
) -> Result<Option<Accepted>, Error> {
    let found = match (calendar, event) {
        (Some(id), _) => read_calendar(db, visitor.user, CalendarId(id))
            .await
            .map(|found| Accepted::Calendar(found.into())),
        (None, Some(id)) => find_event(db, visitor.user, EventId(id))
            .await
            .and_then(|found| Ok(Accepted::Event(Described::new(&found, visitor)?.into()))),
        (None, None) => return Ok(None),
    };
    match found {
        Ok(found) => Ok(Some(found)),
        // It was taken away again.
        Err(error) if error.status() == Status::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is offered to one's address.
#[get("/offers?<calendar>&<event>&<declined>")]
pub async fn get_offers(
    visitor: Visitor,
    calendar: Option<i64>,
    event: Option<i64>,
    declined: Option<bool>,
    db: &State<Db>,
) -> Result<OffersPage, Refused> {
    let offers = offer_steps::list(db, visitor.user, (0, AT_MOST)).await?;
    Ok(OffersPage {
        frame: Frame::new("Offers", Part::Offers, &visitor),
        email: visitor.profile.email().to_owned(),
        more: visitor.offers.saturating_sub(offers.len()),
        offers: offers.into_iter().map(Offer::new).collect(),
        accepted: accepted(db, &visitor, calendar, event).await?,
        is_declined: declined == Some(true),
        locale: visitor.words.locale().to_owned(),
    })
}
