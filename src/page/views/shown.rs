use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{Request, post};

use crate::calendar::list_calendars;
use crate::db::Db;
use crate::http::{Form, Presented, presented};
use crate::page::next::next;
use crate::page::refused::Refused;
use crate::page::sender::Sender;

/// The cookie in which a browser keeps which calendars it does not show: their ids, with points between.
const COOKIE: &str = "hidden_calendars";

/// Which calendars this browser does not show. What is no id is none.
pub fn hidden(request: &Request<'_>) -> Vec<i64> {
    let list = match presented(request, COOKIE) {
        Presented::One(list) => list,
        Presented::Nothing | Presented::Unclear => "",
    };
    list.split('.').filter_map(|id| id.parse().ok()).collect()
}

/// Shows those calendars alone that the form names, on this browser.
#[post("/calendar/shown", data = "<form>")]
pub async fn post_shown(
    sender: Sender<'_>,
    form: Form,
    cookies: &CookieJar<'_>,
    db: &rocket::State<Db>,
) -> Result<Redirect, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let shown: Vec<_> = form.all("calendar").collect();
    let calendars = list_calendars(db, visitor.user).await?;
    let ids = calendars.iter().map(|calendar| calendar.id.to_string());
    let hidden: Vec<_> = ids.filter(|id| !shown.contains(&id.as_str())).collect();
    let cookie = Cookie::build((COOKIE, hidden.join("."))).path("/").same_site(SameSite::Lax).http_only(true);
    cookies.add(cookie.max_age(Duration::days(365)));
    Ok(Redirect::to(next(form.get("next")).to_owned()))
}
