//! A month as a grid of weeks.

mod lanes;
mod week;

use askama::Template;
use askama_web::WebTemplate;
use jiff::ToSpan;
use rocket::get;

use super::address::{Month, first_of_week};
use super::read::Reading;
use super::side::Side;
use super::toolbar::Toolbar;
use crate::calendar::Filter;
use crate::http::Error;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;
pub use lanes::lanes;
pub use week::Bar;
use week::Week;

#[derive(Template, WebTemplate)]
#[template(path = "views/month/month.html")]
pub struct MonthPage {
    frame: Frame,
    bar: Toolbar,
    side: Side,
    has_more: bool,
    weeks: Vec<Week>,
    /// The language that days are named in.
    locale: String,
}

#[get("/calendar/month/<month>")]
pub async fn get_month(
    month: Result<Month, Error>,
    visitor: Visitor,
    reading: Reading<'_>,
) -> Result<MonthPage, Refused> {
    let month = month?;
    let from = first_of_week(month.0, visitor.preferences.week_starts_on);
    let starts = (0..6).filter_map(|week: i32| from.checked_add((week * 7).days()).ok());
    let starts: Vec<_> = starts.filter(|start| *start < month.0 || Month::of(*start) == month).collect();
    let to =
        starts.last().and_then(|start| start.checked_add(7.days()).ok()).unwrap_or(jiff::civil::Date::MAX);
    let seen = reading.days(&visitor, from, to, Filter::default()).await?;
    let heading = visitor.words.month(month.0);
    let date = if Month::of(visitor.today()) == month { visitor.today() } else { month.0 };
    let address = |month: Month| format!("/calendar/month/{month}");
    let bar = Toolbar::new("month", heading.clone(), date, &visitor)
        .between(month.later(-1).map(address), month.later(1).map(address));
    Ok(MonthPage {
        frame: Frame::new(&heading, Part::Calendar, &visitor),
        bar,
        side: Side::new(&visitor, month.0, (from, to), &seen.calendars, &reading.hidden),
        has_more: seen.has_more,
        weeks: starts.into_iter().map(|start| Week::new(start, month, &seen.entries, &visitor)).collect(),
        locale: visitor.words.locale().to_owned(),
    })
}
