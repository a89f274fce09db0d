use rocket::response::Redirect;
use rocket::{State, post};
use serde_json::json;

use super::list::CalendarsPage;
use crate::calendar::create_calendar;
use crate::db::Db;
use crate::http::{Body, Form};
use crate::page::again::Again;
use crate::page::color::ColorField;
use crate::page::filled::Filled;
use crate::page::refused::Refused;
use crate::page::sender::Sender;

/// Makes a calendar.
#[post("/calendars", data = "<form>")]
pub async fn post_calendars(
    sender: Sender<'_>,
    form: Form,
    db: &State<Db>,
) -> Result<Result<Redirect, Again<CalendarsPage>>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let color = ColorField::sent(&form);
    let body = Body::of([
        ("name", json!(form.get("name"))),
        ("color", json!(color)),
        ("description", json!(form.get("description"))),
        ("time_zone", json!(form.get("time_zone"))),
    ]);
    match create_calendar(db, visitor.user, &body).await {
        Ok(calendar) => Ok(Ok(Redirect::to(format!("/calendars/{}?done=made", calendar.id)))),
        Err(error) => {
            let error = Refused::unless_of_form(error)?;
            let page = CalendarsPage::read(db, &visitor, None).await?;
            let filled = Filled::refused(&form, &["name", "description", "time_zone"], &error);
            Ok(Err(Again(error, page.with_draft(filled, color))))
        }
    }
}
