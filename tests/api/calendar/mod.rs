mod calendars;
pub mod changes;
mod create;
mod delete;
mod events;
mod list;
mod ownership;
mod ranged;
mod sharing;
mod update;
mod validation;

use serde_json::{Value, json};

/// An event that is in order, but for these members.
fn event(changes: Value) -> Value {
    let mut event = json!({"title": "Team Meeting", "start_at": "2025-12-06T10:00:00Z", "end_at": "2025-12-06T11:00:00Z"});
    event.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    event
}
