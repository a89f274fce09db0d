use std::sync::Barrier;
use std::thread;

use serde_json::json;

use super::{create, default_calendar, delete, list};
use crate::api::support::App;

const FULL: [(&str, &str); 1] = [("limit", "There can be at most 100 calendars: delete one first")];

/// Gives the user so many further calendars.
fn fill(app: &App, user: i64, total: usize) {
    let row = format!("INSERT INTO CALENDARS (USER_ID, NAME) VALUES ({user}, 'Filled')");
    app.database.execute_all(&vec![row; total]);
}

fn total(app: &App, user: i64) -> String {
    app.database.texts(&format!("SELECT COUNT(*) FROM CALENDARS WHERE USER_ID = {user}")).remove(0)
}

#[test]
fn a_hundred_are_all_and_others_are_not_counted() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    default_calendar(&app, john);
    fill(&app, john, 98);
    fill(&app, jane, 50);
    let last = create(&app, john, json!({"name": "The last one"}));
    assert_eq!(last.status, 201, "{}", last.body);
    create(&app, john, json!({"name": "One more"})).is_error(409, &FULL);
    assert_eq!(list(&app, john).json().as_array().unwrap().len(), 100);
    assert_eq!(delete(&app, john, last.json()["id"].as_i64().unwrap()).status, 200);
    assert_eq!(create(&app, john, json!({"name": "In its place"})).status, 201);
    assert_eq!(total(&app, john), "100");
}

/// The default one has its place, also where it is still to be made.
#[test]
fn with_99_others_there_is_room_for_the_default_one_alone() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    fill(&app, user, 98);
    assert_eq!(create(&app, user, json!({"name": "The last one"})).status, 201);
    create(&app, user, json!({"name": "One more"})).is_error(409, &FULL);
    default_calendar(&app, user);
    create(&app, user, json!({"name": "One more"})).is_error(409, &FULL);
    assert_eq!(total(&app, user), "100");
}

#[test]
fn it_is_exact_when_sixteen_come_at_once_to_two_instances() {
    let first = App::start();
    let second = first.again();
    second.list_events(1).is(200, "[]");
    for (round, is_made) in [true, false].into_iter().enumerate() {
        let user = first.new_user(&format!("john{round}@example.com"));
        if is_made {
            default_calendar(&first, user);
        }
        fill(&first, user, 94);
        let together = Barrier::new(16);
        let mut statuses = thread::scope(|scope| {
            let (together, apps) = (&together, [&first, &second]);
            let asked: Vec<_> = (0..16)
                .map(|index| {
                    scope.spawn(move || {
                        together.wait();
                        create(apps[index % 2], user, json!({"name": "New"})).status
                    })
                })
                .collect();
            asked.into_iter().map(|asked| asked.join().unwrap()).collect::<Vec<_>>()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [[201; 5].as_slice(), &[409; 11]].concat());
        default_calendar(&second, user);
        assert_eq!(total(&first, user), "100");
    }
}
