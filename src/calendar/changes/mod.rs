//! What has changed in a calendar since a client last asked, whoever has changed it.
//!
//! Nobody has to tell: the Flask application and SQL*Plus write events as they always did. A ledger has each event of a
//! calendar as it was when its last change was found, with the number of that change. Whoever asks has the database
//! compare the two; what differs gets new numbers, under a lock on the calendar's head, so that who has seen a
//! number has seen all that are smaller.

mod answer;
mod difference;
mod ledger;
mod list;
mod numbers;
mod page;
mod queries;
mod record;
mod routes;
mod since;
mod sweep;
mod token;

use crate::jobs::Job;

pub use numbers::last_numbers;
pub use queries::forget_user;
pub(crate) use routes::{Described, routes};
pub use token::Token;

/// What the module does in the background.
pub fn jobs() -> Vec<Job> {
    vec![sweep::forget_deletions(), sweep::sweep_orphans()]
}
