//! One's own account: what is shown of it, and what can be changed.

pub mod activity;
mod address;
mod change;
mod patch;
mod presence;
mod profile;
mod queries;
pub mod routes;

pub use activity::{ActivityKey, key as activity_key, list_lines as list_activity};
pub use presence::require_presence;
pub use profile::Profile;
pub use queries::find_profile;
pub use routes::change_account;
