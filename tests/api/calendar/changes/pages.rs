use std::collections::BTreeSet;

use super::{Replica, default_calendar, events_in, tells, told};
use crate::api::support::App;
use crate::api::support::database::event_row;

#[test]
fn a_page_has_a_thousand_changes_and_its_token_is_good_for_the_next_one() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let empty = tells(&app, john, calendar, None, &[]);
    let rows: Vec<_> = (0..2500).map(|number| event_row(john, &number.to_string())).collect();
    app.database.execute_all(&rows);
    for start in [None, Some(empty)] {
        let (mut seen, mut token) = (BTreeSet::new(), start);
        for (length, more) in [(1000, true), (1000, true), (500, false)] {
            let (changes, next, has_more) = told(&app, john, calendar, token.as_deref());
            assert_eq!((changes.len(), has_more), (length, more));
            assert!(changes.iter().all(|(id, is_deleted)| !is_deleted && seen.insert(*id)), "each once");
            token = Some(next);
        }
        assert_eq!(seen, (1..=2500).collect());
        tells(&app, john, calendar, token.as_deref(), &[]);
    }
}

#[test]
fn exactly_a_thousand_changes_are_one_page() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let rows: Vec<_> = (0..1000).map(|number| event_row(john, &number.to_string())).collect();
    app.database.execute_all(&rows);
    let (changes, token, has_more) = told(&app, john, calendar, None);
    assert_eq!((changes.len(), has_more), (1000, false));
    app.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'changed'");
    app.database.execute("DELETE FROM CALENDAR_EVENTS WHERE ID > 900");
    let (changes, _, has_more) = told(&app, john, calendar, Some(&token));
    assert_eq!((changes.len(), has_more), (1000, false));
    assert!(changes.iter().all(|(id, is_deleted)| *is_deleted == (*id > 900)), "{changes:?}");
}

#[test]
fn what_changes_between_two_pages_is_told_of() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let rows: Vec<_> = (0..1500).map(|number| event_row(john, &number.to_string())).collect();
    app.database.execute_all(&rows);
    let (first, token, _) = told(&app, john, calendar, None);
    assert_eq!(first.len(), 1000);
    app.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'changed' WHERE ID = 1");
    app.database.execute("DELETE FROM CALENDAR_EVENTS WHERE ID IN (2, 1500)");
    let (second, _, has_more) = told(&app, john, calendar, Some(&token));
    assert!(!has_more && second.len() == 502, "{}", second.len());
    for told_of in [(1, false), (2, true), (1500, true), (1499, false)] {
        assert!(second.contains(&told_of), "{told_of:?}");
    }
    let mut replica = Replica::new(john, calendar);
    replica.catch_up(&app);
    assert_eq!(replica.events, events_in(&app, john, calendar));
}
