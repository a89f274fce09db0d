//! What people see and change of their own account.

mod activity;
mod concerns;
mod delete;
mod export;
mod general;
mod moment;
mod sessions;

use rocket::{Route, routes};

/// The pages, and what they are called where one goes from one to another.
const PAGES: [(&str, &str); 5] = [
    ("/settings", "General"),
    ("/settings/sessions", "Sessions"),
    ("/settings/activity", "Activity"),
    ("/settings/export", "Export"),
    ("/settings/delete", "Delete account"),
];

/// The module's routes.
pub fn routes() -> Vec<Route> {
    let pages = routes![
        general::get_general,
        general::account::post_name,
        general::account::post_address,
        general::account::post_password,
        general::preferences::post_preferences,
        general::theme::post_theme,
        sessions::get_sessions,
        sessions::post_end,
        sessions::post_end_others,
        activity::get_activity,
        export::get_export,
        export::post_export,
        delete::get_delete,
        delete::post_delete,
        delete::get_goodbye,
    ];
    [pages, general::leading_back()].concat()
}
