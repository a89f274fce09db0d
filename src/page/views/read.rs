use std::sync::Arc;

use chrono::{DateTime, Utc};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use tokio::try_join;

use super::entry::{Entry, Taken};
use super::shown::hidden;
use crate::calendar::{Calendar, DatabaseName, Filter, Wanted, Window, list_calendars, list_range};
use crate::db::Db;
use crate::http::Error;
use crate::page::visitor::Visitor;
use crate::time::instant;

/// No view shows more at once.
const AT_MOST: usize = 10_000;

/// What a view is made of: the database, and what this browser hides. As a guard it is always there.
pub struct Reading<'r> {
    db: &'r Db,
    name: &'r DatabaseName,
    /// The calendars that are not shown.
    pub hidden: Vec<i64>,
}

/// What a view shows.
pub struct Seen {
    /// In the order of time.
    pub entries: Vec<Entry>,
    /// All that there are, hidden ones among them.
    pub calendars: Vec<Calendar>,
    /// Whether there is more than a view can show.
    pub has_more: bool,
}

impl Reading<'_> {
    /// What somebody has from one day up to another.
    ///
    /// # Errors
    /// A 503 where the database does not answer.
    pub async fn days(&self, visitor: &Visitor, from: Date, to: Date, filter: Filter) -> Result<Seen, Error> {
        let zone = &visitor.zone;
        let calendars = list_calendars(self.db, visitor.user);
        let [from, to] = [from, to].map(|date| midnight(date, zone));
        // There is no time at the very end of the calendar.
        if to <= from {
            return Ok(Seen { entries: Vec::new(), calendars: calendars.await?, has_more: false });
        }
        let window = Window::new(from, to, &visitor.preferences.time_zone);
        let window = window.map_err(|why| Error::invalid("date", why))?;
        let wanted = Arc::new(Wanted { window, filter });
        let range = list_range(self.db, self.name, visitor.user, wanted, (AT_MOST, None));
        // Neither needs the other.
        let (calendars, (taken, last)): (_, (Taken, _)) = try_join!(calendars, range)?;
        let entries = taken.seen(zone, &calendars, &self.hidden);
        Ok(Seen { entries, calendars, has_more: last.is_some() })
    }
}

/// When a day begins in a zone: the first moment that its clocks call so. At the calendar's edges it is cut.
pub fn midnight(date: Date, zone: &TimeZone) -> DateTime<Utc> {
    let begins = date.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    let edge = if date.year() > 1 { jiff::Timestamp::MAX } else { jiff::Timestamp::MIN };
    // East of Greenwich the year 1 begins in one that Oracle does not know.
    instant(begins.unwrap_or(edge)).max(EARLIEST)
}

/// The first moment that both engines keep.
const EARLIEST: DateTime<Utc> = DateTime::from_timestamp_micros(-62_135_596_800_000_000).unwrap();

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Reading<'r> {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let rocket = request.rocket();
        Outcome::Success(Self {
            db: rocket.state().expect("the database is managed at the start"),
            name: rocket.state().expect("the name of the database is managed at the start"),
            hidden: hidden(request),
        })
    }
}
