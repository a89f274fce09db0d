//! Calendars, where the database takes its time between the statements of one unit of work.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::OnOracle;
use crate::api::support::App;

const CALENDARS: &str = "/api/calendar/calendars";

/// All of them are asked for while each answer of the database is on its way for a while, so that they would count the same
/// if nobody waited for anybody.
#[test]
fn the_hundredth_calendar_is_made_once_by_however_many_instances() {
    let on = OnOracle::start(&[]);
    let second = on.again();
    second.list_events(1).is(200, "[]");
    let user = on.new_user("john@example.com");
    let row = format!("INSERT INTO CALENDARS (USER_ID, NAME) VALUES ({user}, 'Filled')");
    on.database.execute_all(&vec![row; 98]);
    let apps: [&App; 2] = [&on, &second];
    let together = Barrier::new(6);
    on.client.hold(Duration::from_millis(50));
    let mut statuses = thread::scope(|scope| {
        let together = &together;
        let ask = |index: usize| {
            scope.spawn(move || {
                together.wait();
                apps[index % 2].send_as(user, "POST", CALENDARS, &json!({"name": "New"})).status
            })
        };
        let asked: Vec<_> = (0..6).map(ask).collect();
        asked.into_iter().map(|asked| asked.join().unwrap()).collect::<Vec<_>>()
    });
    on.client.release();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    assert_eq!(on.database.texts("SELECT COUNT(*) FROM CALENDARS"), ["99"], "and the default one's place");
}
