//! What forms of the page need: an event in its parts, and what would become of it.

mod preview;
mod seen;

pub use preview::{Upcoming, preview_change, preview_new};
pub use seen::{SeenEvent, SeenSeries, find_seen};
