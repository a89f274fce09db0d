use super::*;
use crate::db::migrations::Record;

fn step(migration: i64, step: i64, sql: &str) -> Step {
    Step { migration, name: "n", works_with: 1, step, sql: sql.into() }
}

/// As the released ones, in short.
fn known() -> Vec<Step> {
    vec![
        step(1, 1, "CREATE TABLE USERS (ID NUMBER)"),
        step(1, 2, "CREATE TABLE CALENDAR_EVENTS (ID NUMBER)"),
        step(1, 3, "CREATE INDEX I ON CALENDAR_EVENTS (ID)"),
        step(2, 1, "CREATE TABLE LOGIN_FAILURES (ID NUMBER)"),
        step(2, 2, "CREATE INDEX J ON LOGIN_FAILURES (ID)"),
    ]
}

/// Of these tables, in this order: USERS, CALENDAR_EVENTS, LOGIN_FAILURES.
fn tables(there: [bool; 3]) -> Vec<Found> {
    there.map(|there| if there { Found::Ours } else { Found::Missing }).to_vec()
}

fn recorded(steps: &[(i64, i64)]) -> Option<Records> {
    let record = |(migration, step): &(i64, i64)| Record {
        migration: *migration,
        step: *step,
        works_with: Some(1),
        sha256: None,
    };
    Some(Records { rows: steps.iter().map(record).collect(), is_complete: true })
}

fn planned(records: Option<Records>, tables: Vec<Found>) -> Result<Plan, String> {
    plan_of(Dialect::Oracle, 2, &known(), &State { records, tables, has_lock: true })
}

/// What is run, but for the records of it.
fn run(plan: &Plan) -> Vec<&str> {
    let made = plan.statements.iter().filter(|statement| !statement.what.starts_with("the record of "));
    made.map(|statement| statement.sql.as_str()).filter(|sql| !sql.starts_with("ALTER SESSION")).collect()
}

fn record_of(migration: i64, step: i64) -> String {
    let known = known();
    let step = known.iter().find(|known| (known.migration, known.step) == (migration, step)).unwrap();
    record(step, Dialect::Oracle)
}

#[test]
fn an_empty_database_lacks_everything() {
    let state = State { records: None, tables: tables([false; 3]), has_lock: false };
    let plan = plan_of(Dialect::Oracle, 2, &known(), &state).unwrap();
    let statements: Vec<_> = plan.statements.iter().map(|statement| statement.sql.clone()).collect();
    let mut expected =
        vec![LOCK_TABLE.to_owned(), DDL_LOCK_TIMEOUT.into(), records_table(Dialect::Oracle).into()];
    for step in known() {
        expected.extend([step.sql.clone(), record(&step, Dialect::Oracle)]);
    }
    assert_eq!(statements, expected);
    assert_eq!(plan.steps, 5);
    assert_eq!(plan.statements[3].label(), "migration 1 (n), step 1, CREATE TABLE USERS (ID NUMBER)");
}

#[test]
fn tables_made_elsewhere_are_used_as_they_are() {
    for records in [None, recorded(&[])] {
        let plan = planned(records, tables([true, true, false])).unwrap();
        assert_eq!(
            run(&plan).last_chunk(),
            Some(&["CREATE TABLE LOGIN_FAILURES (ID NUMBER)", "CREATE INDEX J ON LOGIN_FAILURES (ID)"])
        );
        assert_eq!(plan.steps, 2);
    }
}

#[test]
fn one_table_made_elsewhere_is_recorded_before_the_rest_is_made() {
    let plan = planned(recorded(&[]), tables([true, false, false])).unwrap();
    assert_eq!(
        run(&plan),
        [
            &*record_of(1, 1),
            "CREATE TABLE CALENDAR_EVENTS (ID NUMBER)",
            "CREATE INDEX I ON CALENDAR_EVENTS (ID)",
            "CREATE TABLE LOGIN_FAILURES (ID NUMBER)",
            "CREATE INDEX J ON LOGIN_FAILURES (ID)",
        ]
    );
    let plan = planned(recorded(&[]), tables([false, true, false])).unwrap();
    let theirs = [&*record_of(1, 2), &record_of(1, 3), "CREATE TABLE USERS (ID NUMBER)"];
    assert_eq!(run(&plan)[..3], theirs, "their table gets no index of ours");
}

#[test]
fn a_migration_that_was_cut_short_goes_on_where_it_stopped() {
    let plan = planned(recorded(&[(1, 1)]), tables([true, false, false])).unwrap();
    assert_eq!(run(&plan)[0], "CREATE TABLE CALENDAR_EVENTS (ID NUMBER)");
    // It was made, and not recorded. What follows it was not.
    let plan = planned(recorded(&[(1, 1)]), tables([true, true, false])).unwrap();
    assert_eq!(run(&plan)[..2], [&*record_of(1, 2), "CREATE INDEX I ON CALENDAR_EVENTS (ID)"]);
    let all = recorded(&[(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]);
    assert!(planned(all, tables([true; 3])).unwrap().is_empty());
}

#[test]
fn records_from_before_get_their_columns_when_something_is_recorded() {
    let before = |steps| {
        let Records { mut rows, .. } = recorded(steps).unwrap();
        rows.iter_mut().for_each(|record| record.works_with = None);
        Some(Records { rows, is_complete: false })
    };
    let plan = planned(before(&[(1, 1), (1, 2), (1, 3)]), tables([true, true, false])).unwrap();
    assert_eq!(run(&plan)[0], complete_records(Dialect::Oracle)[0]);
    let all = before(&[(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]);
    assert!(planned(all, tables([true; 3])).unwrap().is_empty());
}

#[test]
fn a_newer_migration_is_worked_beside_where_its_record_allows_it() {
    let newer = |works_with: &[Option<i64>]| {
        let mut records = recorded(&[(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]).unwrap();
        let steps = (1..).zip(works_with);
        records.rows.extend(steps.map(|(step, works_with)| Record {
            migration: 99,
            step,
            works_with: *works_with,
            sha256: Some("of a text that this program does not have".into()),
        }));
        planned(Some(records), tables([true; 3]))
    };
    for allowed in [1, 2] {
        let plan = newer(&[Some(allowed), Some(1)]).unwrap();
        assert!(plan.is_empty());
        assert!(plan.newer.as_ref().unwrap().starts_with("the database has migration 99, and"), "{plan:?}");
    }
    for refused in [&[Some(3)][..], &[None], &[Some(1), Some(99)]] {
        let error = newer(refused).unwrap_err();
        assert!(error.starts_with("the database has migration 99, and this program knows 2"), "{error}");
        assert!(error.ends_with("Run that one."), "{error}");
    }
    assert_eq!(newer(&[]).unwrap().newer, None);
}

#[test]
fn a_step_that_was_applied_with_another_text_is_named() {
    let with = |step: i64, sha256: Option<String>| {
        let mut records = recorded(&[(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]).unwrap();
        records.rows.push(Record { migration: 2, step, works_with: Some(1), sha256 });
        planned(Some(records), tables([true; 3]))
    };
    assert!(with(1, None).unwrap().is_empty(), "from before checksums were kept");
    assert!(with(1, Some(known()[3].sha256())).unwrap().is_empty());
    let other = with(1, Some("0".repeat(64))).unwrap_err();
    assert!(other.starts_with("migration 2 (n), step 1, was applied with another text"), "{other}");
    let beyond = with(3, Some("0".repeat(64))).unwrap_err();
    assert!(beyond.starts_with("migration 2 (n), step 3, was applied with another text"), "{beyond}");
}

#[test]
fn somebody_elses_table_keeps_everything_from_being_made() {
    let theirs = Found::NotOurs("USERS has no column EMAIL".into());
    let error = planned(None, vec![theirs, Found::Missing, Found::Missing]).unwrap_err();
    assert!(error.contains("are somebody else's: USERS has no column EMAIL. "), "{error}");
}

#[test]
fn a_table_that_is_recorded_and_gone_is_named() {
    let all = || recorded(&[(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]);
    let error = planned(all(), tables([true, true, false])).unwrap_err();
    assert!(
        error.starts_with("LOGIN_FAILURES is not there, or may not be read, though migration 2"),
        "{error}"
    );
    let error = planned(recorded(&[(1, 1)]), tables([false; 3])).unwrap_err();
    assert!(error.starts_with("USERS is not there"), "{error}");
}

#[test]
fn a_plan_prints_as_a_script() {
    let plan = planned(recorded(&[(1, 1), (1, 2), (1, 3), (2, 1)]), tables([true; 3])).unwrap();
    let record = record_of(2, 2);
    assert_eq!(
        plan.to_string(),
        format!(
            "-- For sqlplus.\nWHENEVER SQLERROR EXIT FAILURE ROLLBACK\n\n\
             -- waits for transactions of other programs\n{DDL_LOCK_TIMEOUT};\n\n\
             -- migration 2 (n), step 2\nCREATE INDEX J ON LOGIN_FAILURES (ID);\n\n\
             -- the record of migration 2 (n), step 2\n{record};\n\nCOMMIT;\n"
        )
    );
}
