use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{CALENDARS, Two, accept, calendar, event, offer};
use crate::api::support::{App, Reply};

const GONE: [(&str, &str); 1] = [("since", "Is not good any more: read everything again")];

fn told(app: &App, user: i64, id: i64, since: &str) -> Reply {
    super::get(app, user, &format!("{}/changes?since={since}", calendar(id)))
}

/// Everything, and the token that goes with it.
fn everything(two: &Two, user: i64) -> (Value, String) {
    let reply = two.get(user, &format!("{}/changes", calendar(two.work))).json();
    (reply["changes"].clone(), reply["token"].as_str().unwrap().to_owned())
}

#[test]
fn the_others_list_of_changes_has_what_the_owners_has() {
    let two = Two::start();
    let id = two.event(json!({}));
    two.share_work("read");
    let (changes, token) = everything(&two, two.jane);
    assert_eq!(changes, json!([{"id": id, "is_deleted": false}]));
    let (_, johns) = everything(&two, two.john);
    // Seen by a share it is something else.
    told(&two.app, two.jane, two.work, &johns).is_error(410, &GONE);
    told(&two.app, two.john, two.work, &token).is_error(410, &GONE);
    assert_eq!(told(&two.app, two.jane, two.work, &token).json()["changes"], json!([]));
    two.app.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'By another program'");
    assert_eq!(
        told(&two.app, two.jane, two.work, &token).json()["changes"],
        json!([{"id": id, "is_deleted": false}])
    );
    let listed = two.get(two.jane, CALENDARS).json()[1].clone();
    assert_eq!(listed["id"], two.work);
    let token = listed["token"].as_str().unwrap();
    assert_eq!(told(&two.app, two.jane, two.work, token).json()["changes"], json!([]));
    assert_eq!(two.get(two.jane, &calendar(two.work)).json()["token"], listed["token"]);
    // Whose name is changed has a calendar that is the same for the other.
    two.app.send_as(two.jane, "PATCH", &calendar(two.work), &json!({"name": "John's"}));
    assert_eq!(told(&two.app, two.jane, two.work, token).json()["changes"], json!([]));
}

#[test]
fn where_a_share_lets_one_do_more_or_less_everything_is_read_again() {
    let two = Two::start();
    two.event(json!({}));
    let share = two.share_work("read");
    let path = format!("{}/shares/{share}", calendar(two.work));
    let (_, token) = everything(&two, two.jane);
    two.app.send_as(two.john, "PATCH", &path, &json!({"access": "read"}));
    assert_eq!(told(&two.app, two.jane, two.work, &token).status, 200);
    two.app.send_as(two.john, "PATCH", &path, &json!({"access": "busy"}));
    told(&two.app, two.jane, two.work, &token).is_error(410, &GONE);
    let (changes, token) = everything(&two, two.jane);
    assert_eq!(changes.as_array().unwrap().len(), 1);
    two.app.send_as(two.john, "DELETE", &path, &json!(null));
    told(&two.app, two.jane, two.work, &token).is_error(404, &[("id", "Calendar not found")]);
    let again = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "busy");
    told(&two.app, two.jane, two.work, &token).is_error(404, &[("id", "Calendar not found")]);
    accept(&two.app, two.jane, again);
    told(&two.app, two.jane, two.work, &token).is_error(410, &GONE);
}

/// What a client knows that reads each event which it hears of.
#[derive(Default)]
struct Known {
    token: Option<String>,
    events: BTreeMap<i64, Value>,
}

impl Known {
    fn catch_up(&mut self, two: &Two, app: &App) {
        let since = self.token.as_ref().map_or(String::new(), |token| format!("?since={token}"));
        let mut reply = super::get(app, two.jane, &format!("{}/changes{since}", calendar(two.work)));
        if reply.status == 410 {
            *self = Self::default();
            reply = super::get(app, two.jane, &format!("{}/changes", calendar(two.work)));
        }
        assert_eq!(reply.status, 200, "{}", reply.body);
        for change in reply.json()["changes"].as_array().unwrap() {
            let id = change["id"].as_i64().unwrap();
            match super::get(app, two.jane, &event(id)) {
                read if read.status == 200 => drop(self.events.insert(id, read.json())),
                gone => {
                    assert_eq!((gone.status, &change["is_deleted"]), (404, &json!(true)));
                    self.events.remove(&id);
                }
            }
        }
        self.token = Some(reply.json()["token"].as_str().unwrap().to_owned());
        let shown = super::december(app, two.jane, &format!("&calendar={}", two.work));
        let shown: BTreeMap<_, _> = shown
            .as_array()
            .unwrap()
            .iter()
            .map(|event| (event["id"].as_i64().unwrap(), event.clone()))
            .collect();
        assert_eq!(self.events, shown);
    }
}

#[test]
fn who_replays_them_ends_with_what_the_list_shows() {
    let two = Two::start();
    let second = two.app.again_with(&[("RATE_LIMIT_ENABLED", "false")]);
    let share = two.share_work("write");
    let path = format!("{}/shares/{share}", calendar(two.work));
    let mut known = Known::default();
    let ids: Vec<_> = (0..4).map(|number| two.event(json!({"title": number.to_string()}))).collect();
    let send = |app: &App, user, method: &str, path: &str, body: Value| {
        let reply = app.send_as(user, method, path, &body);
        assert!(reply.status < 300, "{method} {path}: {}", reply.body);
    };
    known.catch_up(&two, &two.app);
    send(&second, two.jane, "PATCH", &event(ids[0]), json!({"title": "By Jane"}));
    two.app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET TITLE = 'theirs' WHERE ID = {}", ids[1]));
    known.catch_up(&two, &two.app);
    send(&two.app, two.john, "PATCH", &event(ids[2]), json!({"visibility": "private"}));
    two.app.database.execute(&format!("DELETE FROM CALENDAR_EVENTS WHERE ID = {}", ids[3]));
    known.catch_up(&two, &second);
    assert_eq!(known.events[&ids[2]]["title"], "Busy");
    send(&two.app, two.john, "PATCH", &path, json!({"access": "busy"}));
    known.catch_up(&two, &two.app);
    assert!(known.events.values().all(|event| event["title"] == "Busy"));
    send(&second, two.john, "PATCH", &path, json!({"access": "read"}));
    send(&two.app, two.john, "PATCH", &event(ids[2]), json!({"visibility": null}));
    known.catch_up(&two, &second);
    let default = two.get(two.john, CALENDARS).json()[0]["id"].clone();
    send(&two.app, two.john, "POST", &format!("{}/move", event(ids[0])), json!({"calendar_id": default}));
    known.catch_up(&two, &two.app);
    assert_eq!(known.events.keys().copied().collect::<Vec<_>>(), [ids[1], ids[2]]);
}
