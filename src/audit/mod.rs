//! The audit log: who did what to an account, when, from where, and with which session. What is done is
//! written down in the unit of work that does it; logins, within a second after their answer.

mod act;
mod entry;
mod export;
mod forget;
mod line;
mod login_log;
mod queries;
mod settings;
mod sweep;

use crate::jobs::Job;

pub use act::Act;
pub use entry::Entry;
pub use export::part as export_part;
pub use forget::forget_user;
pub use line::Line;
pub use login_log::LoginLog;
pub use queries::list;
pub use settings::{Keys as SettingsKeys, Settings};

/// What is done of it in the background.
pub fn jobs(settings: Settings) -> Vec<Job> {
    vec![sweep::sweep_audit_log(settings)]
}
