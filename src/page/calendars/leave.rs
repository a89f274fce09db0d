use rocket::response::Redirect;
use rocket::{State, post};

use crate::calendar::{
    CalendarId, NoSuchCalendar, NoSuchShare, ShareId, Subject, read_calendar, share_steps,
};
use crate::db::Db;
use crate::http::Form;
use crate::page::refused::Refused;
use crate::page::sender::Sender;

/// Ends the share by which one sees somebody else's calendar.
#[post("/calendars/<id>/leave", data = "<form>")]
pub async fn post_leave(
    sender: Sender<'_>,
    id: Result<CalendarId, NoSuchCalendar>,
    form: Form,
    db: &State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let id = id?;
    let share = read_calendar(db, visitor.user, id).await?.share.map(|share| ShareId(share.id));
    let subject = Subject::Calendar(id);
    share_steps::delete(db, visitor.user, subject, share.ok_or(NoSuchShare)).await?;
    Ok(Redirect::to("/calendars?done=left"))
}
