use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::Peekable;
use std::ops::ControlFlow;
use std::vec::IntoIter;

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use super::regular::Regular;
use super::sheet::Sheet;
use super::{Key, Wanted};
use crate::calendar::list::Sink;
use crate::calendar::series::{Occurrence, RecurrenceId, frame};
use crate::calendar::store::{StoredEvent, uid};
use crate::calendar::values::Values;
use crate::calendar::whole::{Place, WholeEvent};
use crate::db::DbError;

/// The occurrences of series, in the order of the list. Only the next one of each series is known: one of every minute for
/// ten years costs what is shown of it.
pub struct Occurrences<'s> {
    wanted: &'s Wanted,
    regular: Vec<Regular<'s>>,
    next: BinaryHeap<Reverse<(Key, usize)>>,
    /// Those that are not as the rule has them, which are few.
    exceptional: Peekable<IntoIter<(Key, &'s StoredEvent, Occurrence<'s>)>>,
    database: &'s str,
}

impl<'s> Occurrences<'s> {
    /// Those of these series that come after the sheet's beginning.
    pub fn of<S: Sink + Default>(
        events: &'s [StoredEvent],
        wanted: &'s Wanted,
        sheet: &Sheet<S>,
        database: &'s str,
    ) -> Self {
        let mut all = Self {
            wanted,
            regular: Vec::new(),
            next: BinaryHeap::with_capacity(events.len()),
            exceptional: Vec::new().into_iter().peekable(),
            database,
        };
        let mut exceptional = Vec::new();
        for event in events.iter().filter(|event| wanted.filter.takes_calendar(event.seen_calendar())) {
            let Some(series) = event.series.as_ref().map(|stored| &stored.series) else { continue };
            let found = series.exceptions.keys().filter_map(|id| series.find(*id));
            let found = found.map(|one| ((one.start_at, (event.id.0, one.id.0)), event, one));
            exceptional
                .extend(found.filter(|(key, _, one)| sheet.begins_before(*key) && holds(wanted, event, one)));
            let whole = WholeEvent::of(&event.values, all.place(event, ""));
            if wanted.filter.takes(&whole.seen_by(event.shared.as_ref(), database)) {
                let index = all.regular.len();
                all.regular.push(Regular::of(event, series, &wanted.window, sheet));
                all.advance(index, sheet);
            }
        }
        exceptional.sort_unstable_by_key(|(key, ..)| *key);
        all.exceptional = exceptional.into_iter().peekable();
        all
    }

    /// Writes those that come before this key; all, where there is none.
    ///
    /// # Errors
    /// As [`Sheet::write`].
    pub fn write_before<S: Sink + Default>(
        &mut self,
        end: Option<Key>,
        sheet: &mut Sheet<S>,
    ) -> Result<ControlFlow<()>, DbError> {
        loop {
            let regular = self.next.peek().map(|Reverse((key, _))| *key);
            let exceptional = self.exceptional.peek().map(|(key, ..)| *key);
            let is_regular = match (regular, exceptional) {
                (None, None) => return Ok(ControlFlow::Continue(())),
                (Some(regular), Some(exceptional)) => regular < exceptional,
                (regular, _) => regular.is_some(),
            };
            let key = if is_regular { regular } else { exceptional };
            let Some(key) = key.filter(|key| end.is_none_or(|end| *key < end)) else {
                return Ok(ControlFlow::Continue(()));
            };
            let written = match is_regular {
                true => self.write_regular(key, sheet)?,
                false => self.write_exceptional(key, sheet)?,
            };
            if written.is_break() {
                return Ok(written);
            }
        }
    }

    fn write_regular<S: Sink + Default>(
        &mut self,
        key: Key,
        sheet: &mut Sheet<S>,
    ) -> Result<ControlFlow<()>, DbError> {
        let Some(Reverse((_, index))) = self.next.pop() else { return Ok(ControlFlow::Continue(())) };
        let Regular { event, end_at, .. } = self.regular[index];
        let written = self.write(sheet, key, event, &event.values, end_at)?;
        if written.is_continue() {
            self.advance(index, sheet);
        }
        Ok(written)
    }

    fn write_exceptional<S: Sink + Default>(
        &mut self,
        key: Key,
        sheet: &mut Sheet<S>,
    ) -> Result<ControlFlow<()>, DbError> {
        let Some((_, event, one)) = self.exceptional.next() else { return Ok(ControlFlow::Continue(())) };
        self.write(sheet, key, event, &one.values(&event.values), one.end_at)
    }

    fn write<S: Sink + Default>(
        &self,
        sheet: &mut Sheet<S>,
        key: Key,
        event: &StoredEvent,
        values: &Values,
        end_at: DateTime<Utc>,
    ) -> Result<ControlFlow<()>, DbError> {
        let (start_at, (_, id)) = key;
        let own = event.details.as_ref().map(|details| Cow::Borrowed(&*details.uid));
        let uid = own.unwrap_or_else(|| uid(event.id, self.database).into());
        let whole = WholeEvent::of(values, self.place(event, &uid));
        let mut whole = whole.seen_by(event.shared.as_ref(), self.database);
        if !self.wanted.filter.takes(&whole) {
            return Ok(ControlFlow::Continue(()));
        }
        (whole.event.start_at, whole.event.end_at) = (start_at, end_at);
        whole.occurrence = Some(RecurrenceId(id).start());
        whole.zone_of_days = zone_of_days(event, start_at, values.is_all_day);
        sheet.write(key, &whole)
    }

    fn place<'p>(&self, event: &'p StoredEvent, uid: &'p str) -> Place<'p> {
        Place {
            id: event.id.0,
            calendar_id: event.calendar().map(|calendar| calendar.0),
            uid,
            time_zone: event.time_zone().map(|zone| zone.as_str()),
        }
    }

    /// Goes to the next occurrence of a series that is to be shown.
    fn advance<S: Sink + Default>(&mut self, index: usize, sheet: &Sheet<S>) {
        if let Some(key) = self.regular[index].next(&self.wanted.window, sheet) {
            self.next.push(Reverse((key, index)));
        }
    }
}

/// The zone whose dates an occurrence takes, where it takes the whole of its days.
fn zone_of_days(event: &StoredEvent, start_at: DateTime<Utc>, is_all_day: bool) -> Option<TimeZone> {
    let series = &event.series.as_ref()?.series;
    match (is_all_day, event.values.is_all_day) {
        (false, _) => None,
        (true, true) => Some(series.start.zone().clone()),
        (true, false) => Some(frame(start_at, true, event.time_zone(), &event.owner_zone).rules()),
    }
}

/// Whether an exceptional occurrence lies within the range.
fn holds(wanted: &Wanted, event: &StoredEvent, one: &Occurrence<'_>) -> bool {
    let own = one.exception.and_then(|exception| exception.changes.is_all_day.value().copied());
    match zone_of_days(event, one.start_at, own.unwrap_or(event.values.is_all_day)) {
        None => wanted.window.holds(one.start_at, one.end_at),
        Some(zone) => wanted.window.holds_days(one.start_at, one.end_at, &zone),
    }
}
