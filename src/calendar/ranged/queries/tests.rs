use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::db::{Bind, Db, Engine, Observer, Settings, Without, Work};

struct Nobody;

impl Observer for Nobody {
    fn waiting(&self, _: i64) {}

    fn lent(&self, _: Duration) {}

    fn went_without(&self, _: Without) {}

    fn worked(&self, _: Work) {}
}

#[test]
fn exceptions_begin_behind_the_columns_of_the_event() {
    assert_eq!(EVENT_COLUMNS.split(',').count(), EVENT_WIDTH);
}

/// What SQLite looks for, and where: it has no statistics, so that this does not hang on how many rows there are.
async fn plan(sql: &str, binds: &'static [&'static str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let engine = Engine::Embedded(folder.path().join("persony.db"));
    let db = Db::open(&Settings { engine, migrate_at_start: true }, Arc::new(Nobody)).unwrap();
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let looks = db.unit("explain", move |db| {
        let binds: Vec<Bind<'_>> = binds.iter().map(|name| (*name, 1.into())).collect();
        let steps = db.rows(&sql, &binds, |row| Ok(row.text(3)?.unwrap_or_default().into_owned()))?;
        Ok(steps.into_iter().filter(|step| step.starts_with("SEARCH") || step.starts_with("SCAN")).collect())
    });
    looks.await.unwrap()
}

const DETAILS: &str = "SEARCH D USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";

#[tokio::test(flavor = "multi_thread")]
async fn single_events_are_looked_for_by_their_start_and_long_ones_by_their_length() {
    let binds = &["user_id", "to_at", "from_at", "days_to", "days_from", "short_from", "long_from"];
    let others = [
        DETAILS,
        "SEARCH S USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
        "SEARCH C USING COVERING INDEX IDX_CALENDARS_DEFAULT_OF (DEFAULT_OF=?)",
        "SEARCH P USING INTEGER PRIMARY KEY (rowid=?)",
    ];
    let by_start = "SEARCH E USING INDEX IDX_CAL_EVENTS_USER_START (USER_ID=? AND START_AT>? AND START_AT<?)";
    let by_length = "SEARCH E USING INDEX IDX_CAL_EVENTS_USER_LENGTH (USER_ID=? AND <expr>>?)";
    let expected = [&[by_start][..], &others, &[by_length], &others].concat();
    assert_eq!(plan(&of_singles(), binds).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn series_are_looked_for_by_their_person_and_exceptions_by_their_series() {
    let binds = &["user_id", "days_to", "days_from", "first_id", "last_id", "least_id", "greatest_id"];
    let of_person = [
        "SEARCH S USING INDEX IDX_EVENT_SERIES_USER_ENDS (USER_ID=?)",
        "SEARCH E USING INTEGER PRIMARY KEY (rowid=?)",
    ];
    let near = "SEARCH X USING PRIMARY KEY (EVENT_ID=? AND RECURRENCE_ID>? AND RECURRENCE_ID<?) LEFT-JOIN";
    let far = "SEARCH X USING INDEX IDX_EVENT_EXCEPTIONS_FAR (FAR_OF=?)";
    let others = [
        DETAILS,
        "SEARCH C USING COVERING INDEX IDX_CALENDARS_DEFAULT_OF (DEFAULT_OF=?) LEFT-JOIN",
        "SEARCH P USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
    ];
    let expected = [&of_person[..], &[near], &others, &of_person, &[far], &others].concat();
    assert_eq!(plan(&of_series(), binds).await, expected);
}
