use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use super::{patch, read};
use crate::api::support::App;

/// All patch at the same moment; each member is one's own.
#[test]
fn instances_that_patch_different_members_at_once_are_all_heard() {
    let first = App::start();
    let second = first.again();
    second.list_events(1).is(200, "[]");
    let patches: [(&App, Value); 4] = [
        (&first, json!({"time_zone": "Europe/Berlin"})),
        (&second, json!({"locale": "de-AT"})),
        (&first, json!({"week_starts_on": 6, "name": "John Doe"})),
        (&second, json!({"is_listed": true})),
    ];
    for round in 0..10 {
        // Without a row at first, then with one.
        let user = first.new_user(&format!("john{round}@example.com"));
        for reset in [
            json!({}),
            json!({"time_zone": null, "locale": null, "week_starts_on": null, "is_listed": null, "name": null}),
        ] {
            assert_eq!(patch(&first, user, reset).status, 200);
            let together = Barrier::new(patches.len());
            thread::scope(|scope| {
                for (app, body) in &patches {
                    scope.spawn(|| {
                        together.wait();
                        let reply = patch(app, user, body.clone());
                        assert_eq!(reply.status, 200, "{}", reply.body);
                        for (member, value) in body.as_object().unwrap() {
                            assert_eq!(reply.json()[member], *value);
                        }
                    });
                }
            });
            let after = read(&second, user).json();
            for (_, body) in &patches {
                for (member, value) in body.as_object().unwrap() {
                    assert_eq!(after[member], *value, "round {round}: {after}");
                }
            }
        }
    }
}
