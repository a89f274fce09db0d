use askama::Template;
use askama_web::WebTemplate;
use rocket::response::Redirect;
use rocket::{State, get, post};

use crate::calendar::{
    Calendar, CalendarAccess, CalendarId, MoveTo, NoAccess, NoSuchCalendar, delete_calendar, list_calendars,
};
use crate::db::Db;
use crate::http::{Error, Form};
use crate::page::again::Again;
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;

type Id = Result<CalendarId, NoSuchCalendar>;

/// Asks what becomes of the events; of the default calendar it says why it stays.
#[derive(Template, WebTemplate)]
#[template(path = "calendars/delete.html")]
pub struct DeletePage {
    frame: Frame,
    calendar: Calendar,
    /// One's own others, where its events can go.
    others: Vec<Calendar>,
    form: Filled,
}

impl DeletePage {
    async fn read(db: &Db, visitor: &Visitor, id: CalendarId, form: Filled) -> Result<Self, Error> {
        let (these, others): (Vec<_>, Vec<_>) =
            list_calendars(db, visitor.user).await?.into_iter().partition(|calendar| calendar.id == id.0);
        let calendar = these.into_iter().next().ok_or(NoSuchCalendar)?;
        if calendar.access != CalendarAccess::Owner {
            return Err(NoAccess.into());
        }
        Ok(Self {
            frame: Frame::new(&format!("Delete {}", calendar.name), Part::Calendars, visitor),
            calendar,
            others: others.into_iter().filter(|other| other.access == CalendarAccess::Owner).collect(),
            form,
        })
    }
}

/// Asks, because a link changes nothing.
#[get("/calendars/<id>/delete")]
pub async fn get_delete(visitor: Visitor, id: Id, db: &State<Db>) -> Result<DeletePage, Refused> {
    Ok(DeletePage::read(db, &visitor, id?, Filled::default().with("events", "move")).await?)
}

/// Deletes the calendar, and its events only where the form says just that.
#[post("/calendars/<id>/delete", data = "<form>")]
pub async fn post_delete(
    sender: Sender<'_>,
    id: Id,
    form: Form,
    db: &State<Db>,
) -> Result<Result<Redirect, Again<DeletePage>>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let id = id?;
    let move_to = match form.get("events") {
        Some("delete") => Ok(MoveTo(None)),
        _ => MoveTo::parse(form.get("move_to").unwrap_or_default()).map_err(Error::from),
    };
    let deleted = match move_to {
        Ok(MoveTo(move_to)) => delete_calendar(db, visitor.user, id, move_to).await.map(|()| move_to),
        Err(error) => Err(error),
    };
    match deleted {
        Ok(None) => Ok(Ok(Redirect::to("/calendars?done=deleted"))),
        Ok(Some(_)) => Ok(Ok(Redirect::to("/calendars?done=moved"))),
        Err(error) => {
            let error = Refused::unless_of_form(error)?;
            let filled = Filled::refused(&form, &["events", "move_to"], &error);
            Ok(Err(Again(error, DeletePage::read(db, &visitor, id, filled).await?)))
        }
    }
}
