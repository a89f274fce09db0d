//! How the embedded engine comes to the rows of each statement of the calendars. What Oracle is meant to do stands
//! beside the statements.

use super::queries;
use crate::db::explained::Explained;

/// What a statement begins with, and what its plan has.
const PLANS: &[(&str, &[&str])] = &[
    (
        "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE, NULL, NULL, NULL, NULL, NULL, \
         NULL FROM CALENDARS",
        &["C USING INDEX IDX_CALENDARS_USER_ID (USER_ID=?)", "P USING INTEGER PRIMARY KEY"],
    ),
    (
        "SELECT C.ID, COALESCE(A.NAME, C.NAME)",
        &[
            "A USING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=?)",
            "C USING INTEGER PRIMARY KEY",
            "U USING INTEGER PRIMARY KEY",
        ],
    ),
    ("UPDATE SHARES", &["SHARES USING COVERING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=?)"]),
    (
        "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE, NULL, NULL, NULL, NULL, NULL, \
         NULL, C.CREATED_AT",
        &["C USING INDEX IDX_CALENDARS_USER_ID (USER_ID=? AND rowid>?)", "P USING INTEGER PRIMARY KEY"],
    ),
    ("SELECT ID FROM CALENDARS", &["IDX_CALENDARS_DEFAULT_OF (DEFAULT_OF=?)"]),
    ("INSERT INTO CALENDARS (USER_ID, DEFAULT_OF", &["P USING INTEGER PRIMARY KEY"]),
    ("UPDATE USERS", &["USERS USING INTEGER PRIMARY KEY"]),
    ("SELECT COUNT(C.ID)", &["U USING INTEGER PRIMARY KEY", "IDX_CALENDARS_USER_ID (USER_ID=?)"]),
    ("INSERT INTO CALENDARS (USER_ID, NAME", &[]),
    ("UPDATE CALENDARS SET NAME = CASE", &["CALENDARS USING INTEGER PRIMARY KEY"]),
    ("UPDATE CALENDARS SET NAME = NAME", &["CALENDARS USING", "rowid=?"]),
    ("UPDATE CALENDAR_EVENTS", &["CALENDAR_EVENTS USING", "rowid=?", "(CALENDAR_ID=?)"]),
    ("UPDATE EVENT_DETAILS", &["(CALENDAR_ID=?)"]),
    ("DELETE FROM CALENDAR_EVENTS", &["CALENDAR_EVENTS USING", "rowid=?", "(CALENDAR_ID=?)"]),
    ("DELETE FROM EVENT_DETAILS WHERE CALENDAR_ID", &["(CALENDAR_ID=?)"]),
    ("DELETE FROM CALENDARS", &["CALENDARS USING INTEGER PRIMARY KEY"]),
    (
        "DELETE FROM EVENT_DETAILS WHERE EVENT_ID",
        &["EVENT_DETAILS USING INTEGER PRIMARY KEY", "IDX_CALENDARS_USER_ID (USER_ID=?)", "(CALENDAR_ID=?)"],
    ),
];

/// The statements of a source, in their order.
fn statements(source: &str) -> Vec<String> {
    let literals = source.split('"').skip(1).step_by(2);
    let whole = literals.map(|literal| {
        let mut lines = literal.split("\\\n");
        let first = lines.next().unwrap_or_default().to_owned();
        lines.fold(first, |whole, line| whole + line.trim_start())
    });
    let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
    whole.filter(|text| verbs.iter().any(|verb| text.starts_with(verb))).collect()
}

#[rocket::async_test]
async fn no_statement_looks_at_more_rows_than_it_is_about() {
    let explained = Explained::open();
    let statements = statements(include_str!("queries.rs"));
    assert_eq!(statements.len(), PLANS.len(), "{statements:#?}");
    for (statement, (beginning, wanted)) in statements.into_iter().zip(PLANS) {
        assert!(statement.starts_with(beginning), "{statement}");
        let plan = explained.plan(&statement).await;
        for part in *wanted {
            assert!(plan.iter().any(|line| line.contains(part)), "{part} is not in {plan:#?} of {statement}");
        }
        assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "{plan:#?} of {statement}");
    }
}

#[rocket::async_test]
async fn one_calendar_is_looked_for_by_its_key_or_its_share() {
    let looks = Explained::open().looks(&queries::one()).await;
    let expected = [
        "SEARCH C USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH P USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
        "SEARCH C USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH U USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH A USING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=?)",
        "SEARCH X USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH P USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
    ];
    assert_eq!(looks, expected);
}
