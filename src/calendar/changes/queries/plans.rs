//! How the embedded engine comes to the rows of the statements. What Oracle is meant to do stands beside them.

use super::{compare, find, forget, page, write};
use crate::db::explained::Explained;

/// Each step of each plan, in its order: nothing is scanned, and nothing sorted.
#[rocket::async_test]
async fn each_statement_goes_by_keys_and_in_order() {
    let explained = Explained::open();
    let ledger = "SEARCH L USING PRIMARY KEY (CALENDAR_ID=?)";
    let ledger_after = "SEARCH L USING PRIMARY KEY (CALENDAR_ID=? AND EVENT_ID>?)";
    let beside = "SEARCH D USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
    let event = "SEARCH E USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
    let calendars = "SEARCH C USING INDEX IDX_CALENDARS_USER_ID (USER_ID=?)";
    let expected: [(String, &[&str]); 8] = [
        (
            compare::comparison(),
            &[
                calendars,
                "SEARCH H USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
                "CORRELATED SCALAR SUBQUERY 1",
                "SEARCH L USING COVERING INDEX IDX_CALENDAR_CHANGES_NUMBER (CALENDAR_ID=?)",
                "CORRELATED SCALAR SUBQUERY 2",
                "SEARCH K USING INTEGER PRIMARY KEY (rowid=?)",
                ledger,
                beside,
                event,
                "CORRELATED SCALAR SUBQUERY 3",
                "SEARCH K USING COVERING INDEX IDX_CALENDARS_USER_ID (USER_ID=?)",
                "CORRELATED SCALAR SUBQUERY 4",
                "SEARCH E USING COVERING INDEX IDX_CAL_EVENTS_USER_ID (USER_ID=?)",
            ],
        ),
        (find::differing(), &["SEARCH K USING INTEGER PRIMARY KEY (rowid=?)", ledger_after, beside, event]),
        (
            find::added(),
            &[
                "SEARCH E USING INDEX IDX_CAL_EVENTS_USER_ID (USER_ID=? AND rowid>?)",
                beside,
                "SEARCH C USING INTEGER PRIMARY KEY (rowid=?)",
                "SEARCH L USING PRIMARY KEY (CALENDAR_ID=? AND EVENT_ID=?) LEFT-JOIN",
            ],
        ),
        (
            page::PAGE.into(),
            &[
                "SEARCH C USING INTEGER PRIMARY KEY (rowid=?)",
                "SEARCH H USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
                "SEARCH L USING COVERING INDEX IDX_CALENDAR_CHANGES_NUMBER (CALENDAR_ID=? AND CHANGE_NUMBER>?) LEFT-JOIN",
                "SEARCH A USING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=?) LEFT-JOIN",
                "SEARCH X USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
            ],
        ),
        (
            forget::OLD_DELETIONS.into(),
            &["SEARCH CALENDAR_CHANGES USING INDEX IDX_CALENDAR_CHANGES_DELETED (DELETED_AT<?)"],
        ),
        (
            forget::OF_USER.into(),
            &[
                "SEARCH C USING COVERING INDEX IDX_CALENDARS_USER_ID (USER_ID=?)",
                "SEARCH L USING COVERING INDEX IDX_CALENDAR_CHANGES_NUMBER (CALENDAR_ID=?)",
            ],
        ),
        (write::TAKE.into(), &["SEARCH CALENDAR_LEDGERS USING INTEGER PRIMARY KEY (rowid=?)"]),
        (write::UPDATE.into(), &["SEARCH CALENDAR_CHANGES USING PRIMARY KEY (CALENDAR_ID=? AND EVENT_ID=?)"]),
    ];
    for (statement, steps) in expected {
        let plan = explained.plan(&statement).await.into_iter().map(|step| {
            // The one row of a calendar, by its key or by an index that has the key behind it: it does not matter which.
            let of_key = "SEARCH C USING INTEGER PRIMARY KEY (rowid=?)";
            let of_index = "SEARCH C USING COVERING INDEX IDX_CALENDARS_USER_ID (USER_ID=? AND rowid=?)";
            step.replace(of_index, of_key)
        });
        assert_eq!(plan.collect::<Vec<_>>(), steps, "{statement}");
    }
}
