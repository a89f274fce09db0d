//! The content lines of RFC 5545, section 3.1, that say when a series recurs, and the values in them.

mod duration;
mod moment;
mod period;
mod property;

pub use duration::Duration;
pub use moment::{Date, Moment, Utc, moment};
pub use period::period;
pub use property::{Kind, Property};
