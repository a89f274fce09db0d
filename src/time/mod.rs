//! Times on the wire: ISO 8601 in, UTC out; and what people know them by, their time zone and their week.

mod format;
mod instants;
mod parse;
mod schema;
mod week_start;
mod zone_name;

pub use format::{serialize, serialize_with_offset};
pub use instants::{in_zone, instant, timestamp};
pub use parse::{Time, parse, parse_local};
pub use schema::IsoTime;
pub use week_start::WeekStart;
pub use zone_name::ZoneName;
