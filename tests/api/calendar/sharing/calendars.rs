use serde_json::{Value, json};

use super::{CALENDARS, FORBIDDEN, Two, accept, add_user, calendar, december, new_calendar, offer, titles};

fn without_token(mut calendar: Value) -> Value {
    assert!(calendar.as_object_mut().unwrap().remove("token").is_some());
    calendar
}

#[test]
fn an_accepted_calendar_is_among_ones_own_with_its_access_and_its_owner() {
    let two = Two::start();
    two.share_work("read");
    let expected = json!({
        "id": two.work, "name": "Work", "color": null, "description": null, "time_zone": "UTC", "is_default": false,
        "access": "read", "owner": two.owner(),
    });
    assert_eq!(without_token(two.get(two.jane, &calendar(two.work)).json()), expected);
    let mine = new_calendar(&two.app, two.jane, "Mine");
    let all = two.get(two.jane, CALENDARS).json();
    let ids: Vec<_> = all.as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
    assert_eq!(ids[1..], [mine, two.work]);
    assert_eq!(without_token(all[2].clone()), expected);
    assert_eq!((&all[1]["access"], &all[1]["owner"]), (&json!("owner"), &json!(null)));
    // Nothing of it has changed for its owner.
    assert_eq!(two.get(two.john, &calendar(two.work)).json()["access"], "owner");
}

#[test]
fn ones_own_name_and_colour_of_it_are_for_oneself() {
    let two = Two::start();
    two.share_work("busy");
    let patch = |user, body: Value| two.app.send_as(user, "PATCH", &calendar(two.work), &body);
    let changed = patch(two.jane, json!({"name": "John's work", "color": "#00FF00"})).json();
    assert_eq!((&changed["name"], &changed["color"]), (&json!("John's work"), &json!("#00FF00")));
    let of_john =
        patch(two.john, json!({"color": "#FF0000", "description": "Meetings", "time_zone": "Europe/Berlin"}))
            .json();
    assert_eq!((&of_john["name"], &of_john["color"]), (&json!("Work"), &json!("#FF0000")));
    let seen = two.get(two.jane, &calendar(two.work)).json();
    assert_eq!((&seen["name"], &seen["color"]), (&json!("John's work"), &json!("#00FF00")));
    assert_eq!((&seen["description"], &seen["time_zone"]), (&json!("Meetings"), &json!("Europe/Berlin")));
    // Without a colour of one's own it is the owner's again.
    assert_eq!(patch(two.jane, json!({"color": null})).json()["color"], "#FF0000");
    for body in [json!({"description": "x"}), json!({"time_zone": null, "name": "y"})] {
        patch(two.jane, body).is_error(403, &FORBIDDEN);
    }
    assert_eq!(two.get(two.jane, &calendar(two.work)).json()["name"], "John's work");
}

#[test]
fn a_receiver_does_not_delete_it_and_a_stranger_does_not_see_it() {
    let two = Two::start();
    let joe = add_user(&two.app, "joe");
    two.share_work("write");
    let delete = |user, more: &str| {
        two.app.send_as(user, "DELETE", &format!("{}{more}", calendar(two.work)), &json!(null))
    };
    delete(two.jane, "").is_error(403, &FORBIDDEN);
    let mine = new_calendar(&two.app, two.jane, "Mine");
    delete(two.jane, &format!("?move_to={mine}")).is_error(403, &FORBIDDEN);
    delete(joe, "").is_error(404, &[("id", "Calendar not found")]);
    let own = two.app.send_as(
        two.jane,
        "DELETE",
        &format!("{}?move_to={}", calendar(mine), two.work),
        &json!(null),
    );
    own.is_error(400, &[("move_to", "Must be the id of another calendar of one's own")]);
    assert_eq!(two.get(two.john, &calendar(two.work)).status, 200);
}

#[test]
fn a_default_calendar_is_shared_with_the_events_that_name_none() {
    let two = Two::start();
    let default = two.get(two.john, CALENDARS).json()[0]["id"].as_i64().unwrap();
    let plain = two.app.new_event(two.john, "Plain", "2025-12-06");
    two.event(json!({"title": "In Work"}));
    let share = offer(&two.app, two.john, &calendar(default), "jane@example.com", "read");
    accept(&two.app, two.jane, share);
    let all = december(&two.app, two.jane, "");
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    assert_eq!((&all[0]["id"], &all[0]["calendar_id"]), (&json!(plain), &json!(default)));
    // By another program.
    two.app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET TITLE = 'Renamed' WHERE ID = {plain}"));
    assert_eq!(titles(&two.app, two.jane, ""), ["Renamed"]);
    assert_eq!(two.get(two.jane, CALENDARS).json()[1]["is_default"], false);
}

#[test]
fn shared_calendars_are_filtered_by_like_ones_own() {
    let two = Two::start();
    two.share_work("read");
    two.event(json!({"title": "Shared"}));
    two.app.new_event(two.jane, "Own", "2025-12-06");
    assert_eq!(titles(&two.app, two.jane, ""), ["Own", "Shared"]);
    assert_eq!(titles(&two.app, two.jane, &format!("&calendar={}", two.work)), ["Shared"]);
    assert_eq!(titles(&two.app, two.jane, "&q=SHAR"), ["Shared"]);
    assert_eq!(titles(&two.app, two.john, ""), ["Shared"]);
    // The documented list has one's own events alone.
    assert_eq!(two.app.list_events(two.jane).json().as_array().unwrap().len(), 1);
}
