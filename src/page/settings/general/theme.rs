//! Light and dark, which a browser keeps for itself, whoever is logged in on it.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::time::Duration;
use rocket::{State, post};

use super::answer::{Answer, answer};
use super::section::Section;
use crate::http::{Error, Form, REQUIRED};
use crate::page::looks::{THEME_COOKIE, Theme};
use crate::page::sender::Sender;
use crate::users::Settings;

#[post("/settings/theme", data = "<form>")]
pub async fn post_theme(
    sender: Sender<'_>,
    form: Form,
    cookies: &CookieJar<'_>,
    settings: &State<Settings>,
) -> Answer {
    let visitor = sender.confirmed_by(&form).await?;
    let chosen = read(&form).map(|theme| set(cookies, theme));
    answer(chosen, Section::Theme, &form, &visitor, settings)
}

/// `None`: as the system has it.
fn read(form: &Form) -> Result<Option<Theme>, Error> {
    match form.get("theme") {
        Some("system") => Ok(None),
        Some(text) => {
            let theme = Theme::parse(text);
            theme.map(Some).ok_or_else(|| Error::invalid("theme", "Must be system, light or dark"))
        }
        None => Err(Error::invalid("theme", REQUIRED)),
    }
}

fn set(cookies: &CookieJar<'_>, theme: Option<Theme>) {
    // The jar would take away only what it knows the browser to have.
    let (value, last) = theme.map_or(("", Duration::ZERO), |theme| (theme.as_str(), Duration::days(365)));
    let cookie = Cookie::build((THEME_COOKIE, value)).path("/").same_site(SameSite::Lax);
    cookies.add(cookie.max_age(last));
}
