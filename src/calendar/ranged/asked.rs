use std::sync::Arc;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::Key;
use super::filter::Filter;
use super::window::{self, Window};
use crate::http::{Error, FieldErrors, Page, PageSize, REQUIRED, Twice, only};
use crate::time::{Time, ZoneName, in_zone, parse_local};

/// A range, and what of it.
pub struct Wanted {
    /// From when to when.
    pub window: Window,
    /// Which events.
    pub filter: Filter,
}

/// What is asked for: without any parameter the documented list. As a guard it refuses, with a 400 on each, what is wrong
/// with the parameters of a range.
pub enum Asked {
    /// All events as they are kept.
    Documented,
    /// A page of what takes place within a range.
    Ranged(Arc<Wanted>, Page<Key>),
}

const PARAMETERS: [&str; 8] = ["from", "to", "time_zone", "calendar", "q", "status", "limit", "cursor"];

const SIZE: PageSize = PageSize { unasked: 10_000, most: 10_000 };

impl Asked {
    fn read(request: &Request<'_>) -> Result<Self, Error> {
        if PARAMETERS.iter().all(|name| only(request, name) == Ok(None)) {
            return Ok(Self::Documented);
        }
        let mut errors = FieldErrors::new();
        let zone = read(request, "time_zone", &mut errors, ZoneName::parse);
        let zone = zone.as_ref().map(|zone| zone.clone().unwrap_or_default());
        let from = read_time(request, "from", zone.as_ref(), &mut errors);
        let to = read_time(request, "to", zone.as_ref(), &mut errors);
        let calendars = read(request, "calendar", &mut errors, super::filter::calendars);
        let text = read(request, "q", &mut errors, |text| Ok(super::filter::Text::of(text)));
        let statuses = read(request, "status", &mut errors, super::filter::statuses);
        let page = Page::read(request, SIZE, &mut errors);
        let range = from.zip(to).zip(zone).and_then(|((from, to), zone)| {
            Window::new(from, to, &zone).map_err(|why| errors.insert("to", why)).ok()
        });
        let filter = calendars.zip(text).zip(statuses);
        match range.zip(filter).zip(page) {
            Some(((window, ((calendars, text), statuses)), page)) if errors.is_empty() => {
                let filter = Filter { calendars, text: text.flatten(), statuses };
                Ok(Self::Ranged(Arc::new(Wanted { window, filter }), page))
            }
            _ => Err(Error::of_fields(errors)),
        }
    }
}

/// A parameter. `None`: `errors` tells what is wrong with it.
fn read<T>(
    request: &Request<'_>,
    name: &'static str,
    errors: &mut FieldErrors,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Option<Option<T>> {
    let read = match only(request, name) {
        Ok(text) => text.map(|text| parse(&text)).transpose(),
        Err(Twice) => Err("Must be given once".into()),
    };
    read.map_err(|why| errors.insert(name, why)).ok()
}

/// A time that must be there; one without an offset is in the zone, and in no other where that is not known.
fn read_time(
    request: &Request<'_>,
    name: &'static str,
    zone: Option<&ZoneName>,
    errors: &mut FieldErrors,
) -> Option<window::Instant> {
    let read = read(request, name, errors, |text| match (parse_local(text.trim())?, zone) {
        (Time::Local(local), Some(zone)) => in_zone(local, zone),
        (time, _) => Ok(time.utc()),
    });
    match read? {
        Some(instant) => Some(instant),
        None => {
            errors.insert(name, REQUIRED.into());
            None
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Asked {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match Self::read(request) {
            Ok(asked) => Outcome::Success(asked),
            Err(error) => error.in_guard(request),
        }
    }
}
