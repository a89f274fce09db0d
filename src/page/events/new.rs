use jiff::{Timestamp, ToSpan};
use rocket::http::Status;
use rocket::http::uri::Origin;
use rocket::response::Redirect;
use rocket::{State, get, post};

use super::back::{asked_for, back};
use super::choices::Choices;
use super::drawn::{drawn_new, fields};
use super::form::FormPage;
use super::next_dates;
use super::said::said_of_new;
use super::times::Times;
use super::told::told;
use super::written;
use crate::calendar::list_calendars;
use crate::calendar::{Calendar, DatabaseName, add_event};
use crate::db::Db;
use crate::http::{FieldErrors, Form};
use crate::page::filled::Filled;
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;

/// The form of an event that is to be. What the address says is filled in: `title`, `calendar_id`, and the fields of times.
#[get("/events/new")]
pub async fn get_new(visitor: Visitor, address: &Origin<'_>, db: &State<Db>) -> Result<FormPage, Refused> {
    let asked = Form::of(address.query().map_or("", |query| query.as_str()));
    let calendars = list_calendars(db, visitor.user).await?;
    let times = proposed(&asked, Times::next_hour(Timestamp::now(), &visitor.preferences.time_zone));
    let form = drawn_new(&times, &visitor.preferences)
        .with("title", asked.get("title").unwrap_or_default())
        .with("calendar_id", calendar(&asked, &calendars));
    let choices = Choices::of_new(&visitor, &calendars);
    Ok(FormPage::new(&visitor, form, choices, asked_for(&asked)))
}

/// Adds the event, or shows its next dates.
#[post("/events/new", data = "<form>")]
pub async fn post_new(
    sender: Sender<'_>,
    form: Form,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Result<Redirect, (Status, FormPage)>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let sent = Filled::sent(&form, &fields());
    let calendars = list_calendars(db, visitor.user).await?;
    let page = |errors: FieldErrors| {
        let choices = Choices::of_new(&visitor, &calendars);
        FormPage::new(&visitor, sent.clone().wrong(errors), choices, asked_for(&form))
    };
    if form.get("preview").is_some() {
        return match next_dates::of_new(&sent, &visitor) {
            Ok(dates) => Ok(Err((Status::Ok, page(FieldErrors::new()).with_dates(dates)))),
            Err(error) => Ok(Err((error.status(), page(error.fields().clone())))),
        };
    }
    let patch = match said_of_new(&sent) {
        Ok(patch) => patch,
        Err(errors) => return Ok(Err((Status::BadRequest, page(errors)))),
    };
    match add_event(db, name, visitor.user, patch).await {
        Ok(_) => {
            let zone = &visitor.preferences.time_zone;
            let day = Times::read_drawn(&sent).map_or_else(|| visitor.today(), |times| times.day_in(zone));
            Ok(Ok(back(&form, day)))
        }
        Err(error) if error.status().code < 500 && error.status() != Status::Unauthorized => {
            Ok(Err((error.status(), page(told(error.fields(), &sent)))))
        }
        Err(error) => Err(error.into()),
    }
}

/// The calendar that is asked for, if it can be written, else the default one.
fn calendar(asked: &Form, calendars: &[Calendar]) -> String {
    let writable = || calendars.iter().filter(|calendar| calendar.may_be_written());
    let named = writable().find(|calendar| asked.get("calendar_id") == Some(&*calendar.id.to_string()));
    named.or(writable().next()).map_or_else(String::new, |calendar| calendar.id.to_string())
}

/// The times that are asked for; what is not is as it is by itself.
fn proposed(asked: &Form, default: Times) -> Times {
    let date = |field| asked.get(field).and_then(written::date);
    let time = |field| asked.get(field).and_then(written::time);
    let start_date = date("start_date").unwrap_or(default.start.date());
    let start = start_date.to_datetime(time("start_time").unwrap_or(default.start.time()));
    if asked.get("is_all_day") == Some("true") {
        let last = date("end_date").unwrap_or(start_date).max(start_date);
        let [start, last] = [start_date, last].map(|date| date.at(0, 0, 0, 0));
        return Times { is_all_day: true, start, end: last.saturating_add(1.day()), ..default };
    }
    let hour = start.saturating_add(1.hour());
    let end = match (date("end_date"), time("end_time")) {
        (None, None) => hour,
        (date, time) => date.unwrap_or(start_date).to_datetime(time.unwrap_or(hour.time())),
    };
    Times { start, end: if end < start { hour } else { end }, ..default }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::ZoneName;

    #[test]
    fn what_the_address_says_is_filled_in() {
        for (query, times) in [
            ("", "2026-11-28T11:00:00 2026-11-28T12:00:00"),
            ("start_date=2026-12-01", "2026-12-01T11:00:00 2026-12-01T12:00:00"),
            ("start_date=2026-12-01&start_time=23:30", "2026-12-01T23:30:00 2026-12-02T00:30:00"),
            (
                "start_date=2026-12-01&start_time=10:00&end_time=10:15",
                "2026-12-01T10:00:00 2026-12-01T10:15:00",
            ),
            (
                "start_time=10:00&end_date=2026-12-01&end_time=09:00",
                "2026-11-28T10:00:00 2026-12-01T09:00:00",
            ),
            ("start_time=10:00&end_time=09:00", "2026-11-28T10:00:00 2026-11-28T11:00:00"),
            ("start_date=2026-12-01&is_all_day=true", "2026-12-01T00:00:00 2026-12-02T00:00:00"),
            (
                "start_date=2026-12-01&end_date=2026-12-03&is_all_day=true",
                "2026-12-01T00:00:00 2026-12-04T00:00:00",
            ),
            ("start_date=x&start_time=x&end_date=x&end_time=x", "2026-11-28T11:00:00 2026-11-28T12:00:00"),
        ] {
            let now = "2026-11-28T10:20:00Z".parse().unwrap();
            let found = proposed(&Form::of(query), Times::next_hour(now, &ZoneName::default()));
            assert_eq!(format!("{} {}", found.start, found.end), times, "{query}");
        }
    }
}
