use jiff::civil::Date;
use rocket::response::Redirect;

use crate::http::Form;
use crate::page::next::next;

/// Where a form says that it leads, if that is a path of ours.
pub fn asked_for(form: &Form) -> &str {
    given(form.get("next"))
}

/// A path of ours, or nothing.
pub fn given(path: Option<&str>) -> &str {
    match next(path) {
        "/" => "",
        path => path,
    }
}

/// There, else to the day of the event.
pub fn back(form: &Form, day: Date) -> Redirect {
    match asked_for(form) {
        "" => Redirect::to(day_address(day)),
        path => Redirect::to(path.to_owned()),
    }
}

/// Where a day is shown.
pub fn day_address(day: Date) -> String {
    format!("/calendar/day/{day}")
}
