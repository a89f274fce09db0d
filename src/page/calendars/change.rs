use rocket::response::Redirect;
use rocket::{State, post};
use serde_json::json;

use super::one::CalendarPage;
use crate::calendar::{Calendar, CalendarId, NoSuchCalendar, patch_calendar, read_calendar};
use crate::db::Db;
use crate::http::{Body, Form};
use crate::page::again::Again;
use crate::page::color::ColorField;
use crate::page::filled::Filled;
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::sharing::Asked;

/// Changes what is not as the form has it.
#[post("/calendars/<id>", data = "<form>")]
pub async fn post_calendar(
    sender: Sender<'_>,
    id: Result<CalendarId, NoSuchCalendar>,
    form: Form,
    db: &State<Db>,
) -> Result<Result<Redirect, Again<CalendarPage>>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let id = id?;
    let calendar = read_calendar(db, visitor.user, id).await?;
    match patch_calendar(db, visitor.user, id, &changes(&form, &calendar)).await {
        Ok(_) => Ok(Ok(Redirect::to(format!("/calendars/{}?done=saved", id.0)))),
        Err(error) => {
            let error = Refused::unless_of_form(error)?;
            let page = CalendarPage::read(db, &visitor, calendar, &Asked::default()).await?;
            let filled = Filled::refused(&form, &["name", "description", "time_zone"], &error);
            Ok(Err(Again(error, page.with_change(filled, ColorField::sent(&form)))))
        }
    }
}

/// What a form has other than it is: a zone that is the account's, or a name that is the owner's, stays that and does not become
/// the calendar's, or the receiver's, own by being sent back.
fn changes(form: &Form, calendar: &Calendar) -> Body {
    let text = |name| form.get(name).map(|sent| sent.replace("\r\n", "\n"));
    let other = |name, is: Option<&str>| text(name).filter(|sent| sent != is.unwrap_or_default());
    let changed = [
        ("name", other("name", Some(&calendar.name))),
        ("color", ColorField::changed(form, calendar.color.as_deref()).map(str::to_owned)),
        ("description", other("description", calendar.description.as_deref())),
        ("time_zone", other("time_zone", Some(calendar.time_zone.as_str()))),
    ];
    Body::of(changed.into_iter().filter_map(|(name, sent)| Some((name, json!(sent?)))))
}
