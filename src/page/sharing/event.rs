use jiff::civil::Date;

use crate::calendar::{Person, Sink, StoredEvent, WholeEvent};
use crate::http::Error;
use crate::page::views::agenda::by_day;
use crate::page::views::entry::Taken;
use crate::page::visitor::Visitor;

/// What an event is, in a line.
pub struct Described {
    pub id: i64,
    pub title: String,
    /// Its date and its times; of a series those of the first occurrence.
    pub when: String,
    /// Where its day is shown.
    pub day: String,
    pub repeats: bool,
    /// Whose it is, where it is somebody else's.
    pub owner: Option<Person>,
    /// Whether others see when it takes place and nothing else.
    pub is_private: bool,
}

impl Described {
    /// As the visitor sees it.
    ///
    /// # Errors
    /// None that an event gives.
    pub fn new(event: &StoredEvent, visitor: &Visitor) -> Result<Self, Error> {
        let mut taken = Taken::default();
        let whole = WholeEvent::of_stored(event, "").seen_by(event.shared.as_ref(), "");
        taken.add(&whole)?;
        let entries = taken.seen(&visitor.preferences.time_zone.rules(), &[], &[]);
        let day = by_day(entries, (Date::MIN, Date::MAX), visitor).into_iter().next();
        let (when, address) = day.map_or_else(Default::default, |day| {
            let time = day.lines.first().map_or("", |line| line.time.as_str());
            (format!("{}, {time}", day.name), format!("/calendar/day/{}", day.date))
        });
        Ok(Self {
            id: event.id.0,
            title: whole.event.title.into_owned(),
            when,
            day: address,
            repeats: event.series.is_some(),
            owner: event.shared.as_ref().map(|shared| shared.owner.clone()),
            is_private: event.is_private(),
        })
    }
}
