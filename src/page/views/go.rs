use rocket::get;
use rocket::response::Redirect;

use super::address::{Day, Month, Week};
use crate::page::visitor::Visitor;

/// Today's view.
#[get("/calendar?<view>")]
pub fn get_today(view: Option<&str>, visitor: Visitor) -> Redirect {
    Redirect::to(address(view, Day(visitor.today()), &visitor))
}

/// The view of a date: today's, where it is none.
#[get("/calendar/go?<view>&<date>")]
pub fn get_go(view: Option<&str>, date: Option<&str>, visitor: Visitor) -> Redirect {
    let day = date.and_then(Day::parse).unwrap_or(Day(visitor.today()));
    Redirect::to(address(view, day, &visitor))
}

fn address(view: Option<&str>, day: Day, visitor: &Visitor) -> String {
    match view {
        Some("week") => format!("/calendar/week/{}", Week::of(day.0, visitor.preferences.week_starts_on)),
        Some("day") => format!("/calendar/day/{day}"),
        Some("agenda") => format!("/calendar/agenda?from={day}"),
        _ => format!("/calendar/month/{}", Month::of(day.0)),
    }
}
