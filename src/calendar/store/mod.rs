//! How events are kept: the documented row, and what stands beside it.

mod details;
mod event;
mod exceptions;
mod export;
mod find;
mod home;
mod series;
mod write;

pub use event::{Details, StoredEvent, StoredSeries, private_occurrences};
pub use exceptions::{EXCEPTION_COLUMNS, EXCEPTION_WIDTH, read_exception};
pub use export::{export_events, export_exceptions};
pub use find::{
    EVENT_COLUMNS, EVENT_WIDTH, Exceptions, find_event, find_home, json, known, lock_event, read_event,
};
pub use home::{DatabaseName, resource, uid};
pub use series::{SeriesRow, mend};
pub use write::{NewEvent, NotWritten, create, save};
