//! The statements on EVENT_SERIES.

use chrono::{DateTime, Utc};

use super::details::raise_sequence;
use super::event::{StoredEvent, StoredSeries};
use super::exceptions::{Version, find_exceptions, replace_exceptions};
use super::find::{Exceptions, zone};
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::series::{Along, Bounds, Series, frame_kept};
use crate::calendar::values::Values;
use crate::db::{Bind, DbError, Row, Unit, required};
use crate::time::ZoneName;

/// A row of EVENT_SERIES.
#[derive(Debug, Clone)]
pub struct SeriesRow {
    rule: Option<String>,
    zone: ZoneName,
    start_at: DateTime<Utc>,
    end_at: DateTime<Utc>,
    is_all_day: bool,
    last_start: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
}

impl SeriesRow {
    /// Reads RULE, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, LAST_START_AT and ENDS_AT, which are the columns from `first`
    /// on. `None`: there is no row.
    pub fn read(row: &dyn Row, first: usize) -> Result<Option<Self>, DbError> {
        let Some(start_at) = row.timestamp(first + 2)? else { return Ok(None) };
        Ok(Some(Self {
            rule: row.text(first)?.map(|rule| rule.into_owned()),
            zone: zone(row, first + 1)?.unwrap_or_default(),
            start_at,
            end_at: required(row.timestamp(first + 3)?, "END_AT")?,
            is_all_day: row.integer(first + 4)?.is_some_and(|number| number != 0),
            last_start: row.timestamp(first + 5)?,
            ends_at: row.timestamp(first + 6)?,
        }))
    }

    /// Which version of the series it is, beside a row of EVENT_DETAILS of this revision.
    pub fn version(&self, revision: Option<i64>) -> Version {
        let Self { start_at, end_at, is_all_day, .. } = *self;
        Version { revision, start_at, end_at, is_all_day }
    }

    /// The series of an event, as of its present times: where somebody else has changed those, what names single
    /// occurrences has moved along.
    ///
    /// # Errors
    /// `Failed` for a rule that nobody can read.
    pub fn of(self, event: &StoredEvent, exceptions: Exceptions) -> Result<StoredSeries, DbError> {
        let kept = Values {
            start_at: self.start_at,
            end_at: self.end_at,
            is_all_day: self.is_all_day,
            ..event.values.clone()
        };
        let failed = |why: String| DbError::Failed(format!("EVENT_SERIES of {}: {why}", event.id.0));
        let series = Series::with_rule(&kept, self.zone.clone(), self.rule.as_deref()).map_err(failed)?;
        let mut series = Series { last_start: self.last_start, exceptions, ..series };
        let Values { start_at, end_at, is_all_day, .. } = event.values;
        let is_stale = (start_at, end_at, is_all_day) != (self.start_at, self.end_at, self.is_all_day);
        if is_stale {
            let zone = frame_kept(start_at, is_all_day, event.time_zone(), &event.owner_zone, &self.zone);
            series = series.moved_to(&event.values, zone, Along::TimeOfDay).map_err(failed)?;
        }
        Ok(StoredSeries { series, is_stale, ends_at: self.ends_at })
    }
}

/// Puts a series beside its event, in the place of one that is there.
pub fn write_series(
    db: &mut Unit<'_>,
    event: EventId,
    user: UserId,
    values: &Values,
    series: &Series,
    is_there: bool,
) -> Result<(), DbError> {
    let Bounds { begins_at, ends_at, last_start } = series.bounds();
    let rule = series.rule.as_ref().map(ToString::to_string);
    let binds: [Bind<'_>; 10] = [
        ("event_id", event.0.into()),
        ("user_id", user.0.into()),
        ("rule", rule.as_deref().into()),
        ("time_zone", series.zone.as_str().into()),
        ("start_at", values.start_at.into()),
        ("end_at", values.end_at.into()),
        ("is_all_day", values.is_all_day.into()),
        ("last_start_at", last_start.into()),
        ("begins_at", begins_at.into()),
        ("ends_at", ends_at.into()),
    ];
    let sql = match is_there {
        true => {
            "UPDATE EVENT_SERIES SET USER_ID = :user_id, RULE = :rule, TIME_ZONE = :time_zone, START_AT = :start_at, \
             END_AT = :end_at, IS_ALL_DAY = :is_all_day, LAST_START_AT = :last_start_at, BEGINS_AT = :begins_at, \
             ENDS_AT = :ends_at WHERE EVENT_ID = :event_id"
        }
        false => {
            "INSERT INTO EVENT_SERIES (EVENT_ID, USER_ID, RULE, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, LAST_START_AT, \
             BEGINS_AT, ENDS_AT) VALUES (:event_id, :user_id, :rule, :time_zone, :start_at, :end_at, :is_all_day, \
             :last_start_at, :begins_at, :ends_at)"
        }
    };
    db.execute(sql, &binds).map(drop)
}

/// Deletes a series and its exceptions.
pub fn delete_series(db: &mut Unit<'_>, event: EventId) -> Result<(), DbError> {
    db.execute("DELETE FROM EVENT_SERIES WHERE EVENT_ID = :event_id", &[("event_id", event.0.into())])
        .map(drop)
}

/// Puts what is kept of a series right where somebody else has changed its event since. The revision stays: what everybody sees
/// changed with the event.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn mend(db: &mut Unit<'_>, user: UserId, id: EventId) -> Result<(), DbError> {
    if super::lock_event(db, user, id)?.is_none() {
        return Ok(());
    }
    let Some(event) = super::find_event(db, user, id)? else { return Ok(()) };
    let Some(stored) = event.series.filter(|stored| stored.is_stale) else { return Ok(()) };
    let (_, before) = find_exceptions(db, user, id)?;
    raise_sequence(db, id)?;
    write_series(db, id, user, &event.values, &stored.series, true)?;
    replace_exceptions(db, id, &before, &stored.series)
}
