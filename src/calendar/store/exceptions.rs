//! The statements on EVENT_EXCEPTIONS.

use chrono::{DateTime, Utc};

use super::find::{Exceptions, json, known};
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::series::{Exception, RecurrenceId, Series};
use crate::calendar::sharing::reach::{IS_SEEN, SHARES};
use crate::calendar::values::{Changes, ShowAs, Status, Visibility};
use crate::db::{Bind, DbError, Reader, Row, Unit, Value, required};
use crate::http::Change;

/// What [`read_exception`] reads, of T (EVENT_EXCEPTIONS).
pub const EXCEPTION_COLUMNS: &str = "T.RECURRENCE_ID, T.IS_ADDED, T.IS_EXCLUDED, T.CHANGED, T.TITLE, T.DESCRIPTION, T.START_AT, \
     T.END_AT, T.IS_ALL_DAY, T.LOCATION, T.COLOR, T.STATUS, T.SHOW_AS, T.VISIBILITY, T.URL, T.CATEGORIES, T.REMINDERS";

/// How many [`EXCEPTION_COLUMNS`] there are.
pub const EXCEPTION_WIDTH: usize = 17;

/// A bit of CHANGED for each member, in the order of the columns.
const TITLE: i64 = 1;
const DESCRIPTION: i64 = 1 << 1;
const START_AT: i64 = 1 << 2;
const END_AT: i64 = 1 << 3;
const IS_ALL_DAY: i64 = 1 << 4;
const LOCATION: i64 = 1 << 5;
const COLOR: i64 = 1 << 6;
const STATUS: i64 = 1 << 7;
const SHOW_AS: i64 = 1 << 8;
const VISIBILITY: i64 = 1 << 9;
const URL: i64 = 1 << 10;
const CATEGORIES: i64 = 1 << 11;
const REMINDERS: i64 = 1 << 12;

/// All exceptions of a series that the user sees, and which version of it they belong to. `None`: it is not there.
// Oracle: unique scans of the primary keys of S, E and D, a range scan of that of T; then as for SHARES.
pub fn find_exceptions(
    db: &mut Reader<'_>,
    user: UserId,
    event: EventId,
) -> Result<(Option<Version>, Exceptions), DbError> {
    let mut version = None;
    let found = db.rows(
        &format!(
            "SELECT {EXCEPTION_COLUMNS}, D.REVISION, S.START_AT, S.END_AT, S.IS_ALL_DAY FROM EVENT_SERIES S \
             JOIN CALENDAR_EVENTS E ON E.ID = S.EVENT_ID LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = S.EVENT_ID \
             LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID {SHARES} \
             LEFT JOIN EVENT_EXCEPTIONS T ON T.EVENT_ID = S.EVENT_ID WHERE S.EVENT_ID = :event_id AND {IS_SEEN}"
        ),
        &[("event_id", event.0.into()), ("user_id", user.0.into())],
        |row| {
            version = Some(Version {
                revision: row.integer(17)?,
                start_at: required(row.timestamp(18)?, "START_AT")?,
                end_at: required(row.timestamp(19)?, "END_AT")?,
                is_all_day: row.integer(20)?.is_some_and(|number| number != 0),
            });
            read_exception(row, 0)
        },
    )?;
    Ok((version, found.into_iter().flatten().collect()))
}

/// What changes with each write of ours that changes exceptions: the revision, or, where a series is mended, the times that
/// it was computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// EVENT_DETAILS.REVISION.
    pub revision: Option<i64>,
    /// Those of EVENT_SERIES.
    pub start_at: DateTime<Utc>,
    /// The same.
    pub end_at: DateTime<Utc>,
    /// The same.
    pub is_all_day: bool,
}

/// Reads [`EXCEPTION_COLUMNS`], which are the columns from `first` on. `None`: there is no row.
pub fn read_exception(row: &dyn Row, first: usize) -> Result<Option<(RecurrenceId, Exception)>, DbError> {
    let Some(id) = row.integer(first)? else { return Ok(None) };
    let is = |column: usize| Ok::<_, DbError>(row.integer(first + column)?.is_some_and(|number| number != 0));
    let changed = required(row.integer(first + 3)?, "CHANGED")?;
    let changes = if changed == 0 { Changes::default() } else { read_changes(row, first + 4, changed)? };
    Ok(Some((RecurrenceId(id), Exception { is_added: is(1)?, is_excluded: is(2)?, changes })))
}

fn read_changes(row: &dyn Row, first: usize, changed: i64) -> Result<Changes, DbError> {
    fn of<T>(changed: i64, bit: i64, value: Option<T>) -> Change<T> {
        match value {
            _ if changed & bit == 0 => Change::Keep,
            None => Change::Clear,
            Some(value) => Change::Set(value),
        }
    }
    let text = |column: usize| Ok::<_, DbError>(row.text(first + column)?.map(|text| text.into_owned()));
    Ok(Changes {
        title: of(changed, TITLE, text(0)?),
        description: of(changed, DESCRIPTION, text(1)?),
        start_at: of(changed, START_AT, row.timestamp(first + 2)?),
        end_at: of(changed, END_AT, row.timestamp(first + 3)?),
        is_all_day: of(changed, IS_ALL_DAY, row.integer(first + 4)?.map(|number| number != 0)),
        location: of(changed, LOCATION, text(5)?),
        color: of(changed, COLOR, text(6)?),
        status: of(changed, STATUS, known("STATUS", text(7)?.map(|text| Status::parse(&text)))),
        show_as: of(changed, SHOW_AS, known("SHOW_AS", text(8)?.map(|text| ShowAs::parse(&text)))),
        visibility: of(
            changed,
            VISIBILITY,
            known("VISIBILITY", text(9)?.map(|text| Visibility::parse(&text))),
        ),
        url: of(changed, URL, text(10)?),
        categories: of(changed, CATEGORIES, json("CATEGORIES", row, first + 11)?),
        reminders: of(changed, REMINDERS, json("REMINDERS", row, first + 12)?),
    })
}

/// Makes the exceptions of a series those that it has, out of those that are kept: in two round trips at most.
pub fn replace_exceptions(
    db: &mut Unit<'_>,
    event: EventId,
    kept: &Exceptions,
    series: &Series,
) -> Result<(), DbError> {
    let gone = kept.iter().filter(|(id, exception)| series.exceptions.get(id) != Some(exception));
    let gone: Vec<_> =
        gone.map(|(id, _)| [("event_id", event.0.into()), ("recurrence_id", id.0.into())]).collect();
    if !gone.is_empty() {
        let rows: Vec<&[Bind<'_>]> = gone.iter().map(|row| &row[..]).collect();
        let sql =
            "DELETE FROM EVENT_EXCEPTIONS WHERE EVENT_ID = :event_id AND RECURRENCE_ID = :recurrence_id";
        all_of(db, sql, &rows)?;
    }
    let new: Vec<_> =
        series.exceptions.iter().filter(|(id, exception)| kept.get(id) != Some(exception)).collect();
    let columns: Vec<_> = new.iter().map(|(_, exception)| Columns::of(&exception.changes)).collect();
    let binds: Vec<_> = new
        .iter()
        .zip(&columns)
        .map(|((id, exception), columns)| {
            let far = series.is_far(**id, exception).then_some(event.0);
            let mut binds: Vec<Bind<'_>> = vec![
                ("event_id", event.0.into()),
                ("recurrence_id", id.0.into()),
                ("far_of", far.into()),
                ("is_added", exception.is_added.into()),
                ("is_excluded", exception.is_excluded.into()),
            ];
            binds.extend(columns.binds(&exception.changes));
            binds
        })
        .collect();
    if binds.is_empty() {
        return Ok(());
    }
    let rows: Vec<&[Bind<'_>]> = binds.iter().map(|row| &row[..]).collect();
    let sql = "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, FAR_OF, IS_ADDED, IS_EXCLUDED, CHANGED, TITLE, \
               DESCRIPTION, START_AT, END_AT, IS_ALL_DAY, LOCATION, COLOR, STATUS, SHOW_AS, VISIBILITY, URL, CATEGORIES, \
               REMINDERS) VALUES (:event_id, :recurrence_id, :far_of, :is_added, :is_excluded, :changed, :title, \
               :description, :start_at, :end_at, :is_all_day, :location, :color, :status, :show_as, :visibility, :url, \
               :categories, :reminders)";
    all_of(db, sql, &rows)
}

/// Runs a write for each row of an array; it stands or falls as a whole.
fn all_of(db: &mut Unit<'_>, sql: &str, rows: &[&[Bind<'_>]]) -> Result<(), DbError> {
    match db.batch(sql, rows)?.failed.into_iter().next() {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

/// What columns hold that is not kept as it is.
struct Columns {
    categories: Option<String>,
    reminders: Option<String>,
}

impl Columns {
    fn of(changes: &Changes) -> Self {
        Self {
            categories: changes.categories.value().map(|categories| categories.column()),
            reminders: changes.reminders.value().map(|reminders| reminders.column()),
        }
    }

    fn binds<'c>(&'c self, changes: &'c Changes) -> Vec<Bind<'c>> {
        let text = |change: &'c Change<String>| Value::Text(change.value().map(String::as_str));
        vec![
            ("changed", bits(changes).into()),
            ("title", text(&changes.title)),
            ("description", text(&changes.description)),
            ("start_at", changes.start_at.value().copied().into()),
            ("end_at", changes.end_at.value().copied().into()),
            ("is_all_day", changes.is_all_day.value().map(|truth| i64::from(*truth)).into()),
            ("location", text(&changes.location)),
            ("color", text(&changes.color)),
            ("status", changes.status.value().map(|status| status.as_str()).into()),
            ("show_as", changes.show_as.value().map(|show_as| show_as.as_str()).into()),
            ("visibility", changes.visibility.value().map(|visibility| visibility.as_str()).into()),
            ("url", text(&changes.url)),
            ("categories", self.categories.as_deref().into()),
            ("reminders", self.reminders.as_deref().into()),
        ]
    }
}

fn bits(changes: &Changes) -> i64 {
    let given = [
        (TITLE, changes.title.is_given()),
        (DESCRIPTION, changes.description.is_given()),
        (START_AT, changes.start_at.is_given()),
        (END_AT, changes.end_at.is_given()),
        (IS_ALL_DAY, changes.is_all_day.is_given()),
        (LOCATION, changes.location.is_given()),
        (COLOR, changes.color.is_given()),
        (STATUS, changes.status.is_given()),
        (SHOW_AS, changes.show_as.is_given()),
        (VISIBILITY, changes.visibility.is_given()),
        (URL, changes.url.is_given()),
        (CATEGORIES, changes.categories.is_given()),
        (REMINDERS, changes.reminders.is_given()),
    ];
    given.into_iter().filter(|(_, is_given)| *is_given).map(|(bit, _)| bit).sum()
}
