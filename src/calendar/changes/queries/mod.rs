//! The statements on CALENDAR_LEDGERS and CALENDAR_CHANGES.

mod compare;
mod find;
mod forget;
mod orphans;
mod page;
mod write;

pub use compare::{Compared, compare};
pub use find::{find_added, find_differing};
pub use forget::{forget_user, forgotten, old_deletions};
pub use orphans::{delete_orphans, find_orphans};
pub use page::{Row, read_page};
pub use write::{Numbered, delete_events, insert_events, take_numbers, update_events};

#[cfg(test)]
mod plans;
