//! A plain list, day by day.

mod list;

use askama::Template;
use askama_web::WebTemplate;
use jiff::ToSpan;
use jiff::civil::Date;
use rocket::get;

pub use list::{ListedDay, by_day};

use super::address::Day;
use super::read::Reading;
use super::side::Side;
use super::toolbar::Toolbar;
use crate::calendar::Filter;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;

/// So many days are listed at once.
const DAYS: i32 = 30;

#[derive(Template, WebTemplate)]
#[template(path = "views/agenda/agenda.html")]
pub struct AgendaPage {
    pub frame: Frame,
    pub bar: Toolbar,
    pub side: Side,
    pub has_more: bool,
    pub days: Vec<ListedDay>,
    /// What is said where nothing is listed.
    pub empty: String,
    pub locale: String,
}

#[get("/calendar/agenda?<from>")]
pub async fn get_agenda(
    from: Option<&str>,
    visitor: Visitor,
    reading: Reading<'_>,
) -> Result<AgendaPage, Refused> {
    let day = from.and_then(Day::parse).unwrap_or(Day(visitor.today()));
    let to = day.0.checked_add(DAYS.days()).unwrap_or(Date::MAX);
    let seen = reading.days(&visitor, day.0, to, Filter::default()).await?;
    let last = to.checked_sub(1.day()).unwrap_or(to);
    let heading = format!("{} – {}", visitor.words.date(day.0), visitor.words.date(last));
    let address = |day: Day| format!("/calendar/agenda?from={day}");
    let bar = Toolbar::new("agenda", heading, day.0, &visitor)
        .between(day.later(-DAYS).map(address), day.later(DAYS).map(address));
    Ok(AgendaPage {
        frame: Frame::new("Agenda", Part::Calendar, &visitor),
        bar,
        side: Side::new(&visitor, day.0, (day.0, to), &seen.calendars, &reading.hidden),
        has_more: seen.has_more,
        days: by_day(seen.entries, (day.0, to), &visitor),
        empty: "Nothing in these days.".to_owned(),
        locale: visitor.words.locale().to_owned(),
    })
}
