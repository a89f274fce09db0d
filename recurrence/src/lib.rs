//! Recurrence rules of RFC 5545 (iCalendar), section 3.3.10: values in, values out.
//!
//! A series is a [`Start`], its DTSTART, and a [`Recurrence`]: at most one RRULE, and what RDATE adds and EXDATE takes
//! away. [`Rule::starts`] walks a rule from its beginning, [`Rule::starts_from`] near a time, [`Recurrence::occurrences`]
//! everything together.
//!
//! ```
//! use recurrence::{Recurrence, Start};
//!
//! let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
//! let start = Start::new(jiff::civil::date(2025, 3, 29).at(9, 0, 0, 0), zone, false)?;
//! let lines = ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20250329T080000Z"];
//! let series = Recurrence::parse(&lines, &start).map_err(|(line, reason)| format!("{line}: {reason}"))?;
//! let starts: Vec<_> = series.occurrences(&start).map(|one| one.start.to_string()).collect();
//! // Summer time began on the 30th.
//! assert_eq!(starts, ["2025-03-30T07:00:00Z", "2025-03-31T07:00:00Z"]);
//! # Ok::<(), String>(())
//! ```
//!
//! # What holds everywhere
//! - DTSTART is the first occurrence and counts for COUNT, in step with the rule or not (3.8.5.3).
//! - Days that a month lacks are skipped and not counted (3.3.10). A local time in a gap is read with the offset before
//!   it, one that comes twice is the first (3.3.5): see [`instant`]. Times that fall on one instant are one occurrence.
//! - Hours and minutes are counted on the local clock, as days are.
//! - Starts are instants in ascending order, within the years 1 to 9999, and end at [`jiff::Timestamp::MAX`].
//! - No text panics, and no walk is endless: see [`Rule::starts`] for its bound.

mod calendar;
mod clock;
mod days;
mod ends;
mod landing;
mod lines;
mod masks;
mod occurrences;
mod parse;
mod plan;
mod positions;
mod print;
mod recurrence;
mod rule;
mod shifted;
mod start;
mod starts;
mod times;
mod walk;

pub use ends::{Last, Position};
pub use occurrences::{Occurrence, Occurrences};
pub use recurrence::{Added, MAX_EXCEPTIONS, MAX_LINE, Recurrence};
pub use rule::{Frequency, MAX_COUNT, MAX_INTERVAL, Rule};
pub use start::{Start, instant};
pub use starts::Starts;
