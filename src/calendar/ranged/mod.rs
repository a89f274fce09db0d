//! What takes place within a range of time: single events as they are, and the occurrences of series, one after the other.

mod asked;
mod bounds;
mod days;
mod described;
mod filter;
mod occurrences;
mod parameters;
mod queries;
mod read;
mod regular;
mod sheet;
mod single;
mod way;
mod window;

use chrono::{DateTime, Utc};

pub use asked::{Asked, Wanted};
pub use days::Days;
pub use described::ListedEvent;
pub use filter::{Filter, Text};
pub use parameters::RangeParameters;
pub use read::{Found, Ranged, read};
pub use window::Window;

/// What the list is sorted by: the start, the event, and of a series which occurrence (0 where the event is a single one).
pub type Key = (DateTime<Utc>, (i64, i64));
