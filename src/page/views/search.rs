use jiff::ToSpan;
use jiff::civil::Date;
use rocket::get;

use super::agenda::{AgendaPage, by_day};
use super::read::Reading;
use super::side::Side;
use super::toolbar::Toolbar;
use crate::calendar::{Filter, Text};
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::views::address::Day;
use crate::page::visitor::Visitor;

/// So many years at once: as many before `from` begins, where it is given, as after it.
const YEARS: i32 = 2;

/// What has a text in its title, description or location: of two years, from last year's day on where none is named.
#[get("/calendar/search?<q>&<from>")]
pub async fn get_search(
    q: Option<&str>,
    from: Option<&str>,
    visitor: Visitor,
    reading: Reading<'_>,
) -> Result<AgendaPage, Refused> {
    let query = q.unwrap_or("").trim().to_owned();
    let last_year = visitor.today().checked_sub(1.year()).unwrap_or(Date::MIN);
    let from = from.and_then(Day::parse).unwrap_or(Day(last_year));
    let to = from.0.checked_add(YEARS.years()).unwrap_or(Date::MAX);
    let text = Text::of(&query);
    let seen = match &text {
        Some(_) => reading.days(&visitor, from.0, to, Filter { text, ..Filter::default() }).await?,
        None => {
            reading
                .days(&visitor, from.0, from.0.checked_add(1.day()).unwrap_or(to), Filter::default())
                .await?
        }
    };
    let entries = if query.is_empty() { Vec::new() } else { seen.entries };
    let address = |years: i32| {
        let day = from.0.checked_add(years.years()).ok().map(Day)?;
        let named = rocket::http::RawStr::new(&query).percent_encode();
        (1..=9999).contains(&day.0.year()).then(|| format!("/calendar/search?q={named}&from={day}"))
    };
    let heading = format!("Search: {} – {}", visitor.words.date(from.0), visitor.words.date(to));
    let mut bar =
        Toolbar::new("search", heading, visitor.today(), &visitor).between(address(-YEARS), address(YEARS));
    let empty = match query.is_empty() {
        true => {
            "Type what you are looking for: a word of the title, the description or the place.".to_owned()
        }
        false => format!(
            "Nothing has “{query}” in it in these two years. Look further back or ahead by the arrows."
        ),
    };
    bar.query = query;
    Ok(AgendaPage {
        frame: Frame::new("Search", Part::Calendar, &visitor),
        side: Side::new(&visitor, visitor.today(), (from.0, to), &seen.calendars, &reading.hidden),
        has_more: seen.has_more,
        days: by_day(entries, (from.0, to), &visitor),
        empty,
        locale: visitor.words.locale().to_owned(),
        bar,
    })
}
