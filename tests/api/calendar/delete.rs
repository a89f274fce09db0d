use serde_json::json;

use crate::api::support::App;

#[test]
fn a_deleted_event_is_gone_and_no_other() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let ids: Vec<_> = ["a", "b", "c"].iter().map(|title| app.new_event(user, title, "2025-12-06")).collect();
    let path = format!("/api/calendar/events/{}", ids[1]);
    app.send_as(user, "DELETE", &path, &json!(null)).is(200, r#"{"message":"Event deleted successfully"}"#);
    assert_eq!(app.database.texts("SELECT TITLE FROM CALENDAR_EVENTS ORDER BY ID"), ["a", "c"]);
    app.send_as(user, "DELETE", &path, &json!(null)).is_error(404, &[("id", "Event not found")]);
}
