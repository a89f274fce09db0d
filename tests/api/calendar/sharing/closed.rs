use serde_json::json;

use super::{CALENDARS, OFFERS, Two, accept, answer, calendar, event, offer, titles};
use crate::api::users::closed::close;

#[test]
fn what_a_closed_account_shares_is_hidden_and_there_again_once_it_is_opened() {
    for since in ["ERASED_AT", "DEACTIVATED_AT"] {
        let two = Two::start();
        two.share_work("write");
        let id = two.event(json!({"title": "By calendar"}));
        let default = two.get(two.john, CALENDARS).json()[0]["id"].as_i64().unwrap();
        let alone = two.app.new_event(two.john, "By itself", "2025-12-07");
        let share = offer(&two.app, two.john, &event(alone), "jane@example.com", "write");
        accept(&two.app, two.jane, share);
        let waiting = offer(&two.app, two.john, &calendar(default), "jane@example.com", "read");
        let all = |two: &Two| {
            let found = two.get(two.jane, "/api/users?q=john");
            (titles(&two.app, two.jane, ""), two.get(two.jane, OFFERS).body, found.body)
        };
        let before = all(&two);
        assert_eq!(before.0, ["By calendar", "By itself"]);
        close(&two.app, two.john, since);
        assert_eq!(all(&two), (Vec::new(), "[]".to_owned(), "[]".to_owned()));
        assert_eq!(two.get(two.jane, CALENDARS).json().as_array().unwrap().len(), 1);
        for path in [calendar(two.work), event(id), event(alone), format!("{}/changes", calendar(two.work))] {
            assert_eq!(two.get(two.jane, &path).status, 404, "{path}");
        }
        let body = crate::api::calendar::event(json!({}));
        for id in [id, alone] {
            for method in ["PUT", "PATCH", "DELETE"] {
                assert_eq!(two.app.send_as(two.jane, method, &event(id), &body).status, 404, "{method}");
            }
        }
        let body = crate::api::calendar::event(json!({"calendar_id": two.work}));
        assert_eq!(two.app.create_event(two.jane, &body).status, 400);
        assert_eq!(
            two.app.send_as(two.jane, "PATCH", &calendar(two.work), &json!({"name": "x"})).status,
            404
        );
        answer(&two.app, two.jane, waiting, true).is_error(404, &[("id", "Offer not found")]);
        two.app.database.execute("DELETE FROM CLOSED_ACCOUNTS");
        assert_eq!(all(&two), before);
    }
}

#[test]
fn whoever_is_erased_and_purged_leaves_no_share() {
    let two = Two::start();
    let share = two.share_work("write");
    let shares = format!("{}/shares", calendar(two.work));
    let hers = super::new_calendar(&two.app, two.jane, "Hers");
    let of_jane = offer(&two.app, two.jane, &calendar(hers), "john@example.com", "read");
    accept(&two.app, two.john, of_jane);
    close(&two.app, two.jane, "ERASED_AT");
    // The owner goes on seeing with whom it is shared: it can be restored.
    assert_eq!(two.get(two.john, &shares).json()[0]["id"], share);
    assert_eq!(two.get(two.john, "/api/users?q=jane").json(), json!([]));
    assert_eq!(two.get(two.john, &calendar(hers)).status, 404);
    two.app.database.execute_all(&[
        format!("DELETE FROM CALENDARS WHERE USER_ID = {}", two.jane),
        format!("DELETE FROM USERS WHERE ID = {}", two.jane),
    ]);
    two.get(two.john, &shares).is(200, "[]");
    assert_eq!(two.app.database.texts("SELECT COUNT(*) FROM SHARES"), ["0"]);
}
