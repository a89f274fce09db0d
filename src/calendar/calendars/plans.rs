//! How the embedded engine comes to the rows of each statement of the calendars. What Oracle is meant to do stands
//! beside the statements.

use std::sync::Arc;
use std::time::Duration;

use crate::db::{self, Bind, Db, Engine, Observer, Value, Without, Work, required};

/// What a statement begins with, and what its plan has.
const PLANS: &[(&str, &[&str])] = &[
    (
        "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE FROM CALENDARS C LEFT JOIN \
         USER_PROFILES P ON P.USER_ID = C.USER_ID WHERE C.USER_ID",
        &["C USING INDEX IDX_CALENDARS_USER_ID (USER_ID=?)", "P USING INTEGER PRIMARY KEY"],
    ),
    (
        "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE FROM CALENDARS C LEFT JOIN \
         USER_PROFILES P ON P.USER_ID = C.USER_ID WHERE C.ID",
        &["C USING INTEGER PRIMARY KEY", "P USING INTEGER PRIMARY KEY"],
    ),
    (
        "SELECT C.ID, C.NAME, C.COLOR, C.DESCRIPTION, C.TIME_ZONE, C.DEFAULT_OF, P.TIME_ZONE, C.CREATED_AT",
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

/// Nobody looks at the work.
struct Nobody;

impl Observer for Nobody {
    fn waiting(&self, _: i64) {}

    fn lent(&self, _: Duration) {}

    fn went_without(&self, _: Without) {}

    fn worked(&self, _: Work) {}
}

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

/// The names of a statement's binds.
fn binds(statement: &str) -> Vec<&str> {
    let after = statement.split(':').skip(1);
    let names =
        after.filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next());
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

async fn plan(db: &Db, statement: String) -> Vec<String> {
    let explained = db.read("test", move |db| {
        let null = |name| -> Bind<'_> { (name, Value::Integer(None)) };
        let binds: Vec<_> = binds(&statement).into_iter().map(null).collect();
        db.rows(&format!("EXPLAIN QUERY PLAN {statement}"), &binds, |row| {
            Ok(required(row.text(3)?, "detail")?.into_owned())
        })
    });
    explained.await.unwrap()
}

#[rocket::async_test]
async fn no_statement_looks_at_more_rows_than_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::Embedded(folder.path().join("persony.db"));
    let db = Db::open(&db::Settings { engine, migrate_at_start: true }, Arc::new(Nobody)).unwrap();
    let statements = statements(include_str!("queries.rs"));
    assert_eq!(statements.len(), PLANS.len(), "{statements:#?}");
    for (statement, (beginning, wanted)) in statements.into_iter().zip(PLANS) {
        assert!(statement.starts_with(beginning), "{statement}");
        let plan = plan(&db, statement.clone()).await;
        for part in *wanted {
            assert!(plan.iter().any(|line| line.contains(part)), "{part} is not in {plan:#?} of {statement}");
        }
        assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "{plan:#?} of {statement}");
    }
}
