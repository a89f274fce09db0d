//! A week or a day as columns: one for each day, as long as the day is.

mod column;
mod packed;

use askama::Template;
use askama_web::WebTemplate;
use jiff::ToSpan;
use jiff::civil::{Date, time};
use rocket::get;

use super::address::{self, Week, first_of_week};
use super::read::{Reading, Seen};
use super::side::Side;
use super::toolbar::Toolbar;
use crate::calendar::Filter;
use crate::http::Error;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;
use column::{Above, Column};

/// So many events are beside one another in a column of a week, and in that of a day.
const IN_WEEK: usize = 3;
const IN_DAY: usize = 8;

#[derive(Template, WebTemplate)]
#[template(path = "views/columns/columns.html")]
pub struct ColumnsPage {
    frame: Frame,
    bar: Toolbar,
    side: Side,
    has_more: bool,
    /// The hours of a day as other days are: in which quarter each begins, and what it is called.
    hours: Vec<(usize, String)>,
    columns: Vec<Column>,
    /// What is above the columns: how many lanes that takes.
    lanes: usize,
    locale: String,
}

#[get("/calendar/week/<week>")]
pub async fn get_week(
    week: Result<Week, Error>,
    visitor: Visitor,
    reading: Reading<'_>,
) -> Result<ColumnsPage, Refused> {
    let week = week?;
    let first = first_of_week(week.0, visitor.preferences.week_starts_on);
    let dates: Vec<Date> = (0..7).filter_map(|days: i32| first.checked_add(days.days()).ok()).collect();
    let last = dates.last().copied().unwrap_or(first);
    let heading = format!("{} – {}", visitor.words.date(first), visitor.words.date(last));
    let date = if dates.contains(&visitor.today()) { visitor.today() } else { week.0 };
    let address = |week: Week| format!("/calendar/week/{week}");
    let bar = Toolbar::new("week", heading, date, &visitor)
        .between(week.later(-1).map(address), week.later(1).map(address));
    page(bar, &dates, IN_WEEK, &visitor, &reading).await
}

#[get("/calendar/day/<day>")]
pub async fn get_day(
    day: Result<address::Day, Error>,
    visitor: Visitor,
    reading: Reading<'_>,
) -> Result<ColumnsPage, Refused> {
    let day = day?;
    let address = |day: address::Day| format!("/calendar/day/{day}");
    let bar = Toolbar::new("day", visitor.words.full_date(day.0), day.0, &visitor)
        .between(day.later(-1).map(address), day.later(1).map(address));
    page(bar, &[day.0], IN_DAY, &visitor, &reading).await
}

async fn page(
    bar: Toolbar,
    dates: &[Date],
    room: usize,
    visitor: &Visitor,
    reading: &Reading<'_>,
) -> Result<ColumnsPage, Refused> {
    let first = dates.first().copied().unwrap_or(bar.date.0);
    let last = dates.last().copied().unwrap_or(first);
    let to = last.checked_add(1.day()).unwrap_or(last);
    let Seen { entries, calendars, has_more } = reading.days(visitor, first, to, Filter::default()).await?;
    let above = Above::new(&entries, first, last, visitor);
    let lanes = above.lanes();
    let columns = dates.iter().map(|date| Column::new(*date, &entries, &above, room, visitor));
    let mut columns: Vec<_> = columns.collect();
    let hours = (0..24i8)
        .map(|hour| (usize::try_from(hour).unwrap_or(0) * 4, visitor.words.time(time(hour, 0, 0, 0))));
    let mut hours: Vec<_> = hours.collect();
    if let [column] = &mut columns[..]
        && !column.hours.is_empty()
    {
        hours = std::mem::take(&mut column.hours);
    }
    Ok(ColumnsPage {
        frame: Frame::new(&bar.heading, Part::Calendar, visitor),
        side: Side::new(visitor, bar.date.0, (first, to), &calendars, &reading.hidden),
        has_more,
        hours,
        columns,
        lanes,
        locale: visitor.words.locale().to_owned(),
        bar,
    })
}
