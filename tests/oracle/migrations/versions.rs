//! Databases that another version, or another build, of the program has migrated.

use super::account::{Account, left_by_a_program_from_before};
use super::{NEWEST, OnOracle, all_steps, later_migrations, later_steps, persony, steps};
use crate::api::support::database::{Database, StandInOracle};

/// An account that is up to date, and then has these statements run.
fn migrated_and(statements: &[&str]) -> Account {
    let account = Account::new(|_| ());
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
    statements.iter().for_each(|sql| account.oracle.execute(sql));
    account
}

const NEWER: &str = "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP, WORKS_WITH, SHA256) VALUES (99, 1, ";

#[test]
fn a_newer_migration_that_lets_this_program_work_is_told_of_and_worked_beside() {
    for works_with in [1, NEWEST] {
        let account = migrated_and(&[&format!("{NEWER}{works_with}, 'x')")]);
        let said = persony(&account.oracle, &["migrate"], &[]);
        assert!(said.status.success(), "{said:?}");
        let said = String::from_utf8(said.stdout).unwrap();
        let known = format!("-- the database has migration 99, and this program knows {NEWEST}");
        assert!(said.starts_with(&known), "{said}");
        assert!(said.ends_with("-- The schema is up to date.\n"), "{said}");
        let on = OnOracle::on(account.oracle, account.folder, &[]);
        on.becomes_ready();
        on.new_user("john@example.com");
        let log = on.program.log();
        assert_eq!(
            log.matches("INFO persony::db::schema: the database has migration 99").count(),
            1,
            "{log}"
        );
        assert!(!log.contains("ERROR"), "{log}");
        assert_eq!(on.database.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), [(steps() + 1).to_string()]);
    }
}

#[test]
fn a_newer_migration_that_does_not_is_refused() {
    let before = "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP) VALUES (99, 1)";
    for newer in [&*format!("{NEWER}{}, 'x')", NEWEST + 1), &format!("{NEWER}99, 'x')"), before] {
        let account = migrated_and(&[newer]);
        let refused = persony(&account.oracle, &["migrate"], &[]);
        let said = String::from_utf8(refused.stderr).unwrap();
        let message = format!(
            "the database has migration 99, and this program knows {NEWEST} at most: a newer version of it ran \
             here. Run that one."
        );
        assert!(refused.status.code() == Some(1) && said.contains(&message), "{said}");
        let on = OnOracle::on(account.oracle, account.folder, &[]);
        assert_eq!(on.list_events(1).status, 503);
        assert!(on.program.log().contains(&message), "{}", on.program.log());
    }
}

#[test]
fn what_is_recorded_tells_older_programs_what_they_may_do() {
    let account = migrated_and(&[]);
    let recorded = "SELECT MIGRATION || '.' || STEP || ' ' || WORKS_WITH || ' ' || LENGTH(SHA256) \
                    FROM PERSONY_MIGRATIONS ORDER BY MIGRATION, STEP";
    let expected: Vec<_> = all_steps().iter().map(|step| format!("{step} 1 64")).collect();
    assert_eq!(account.oracle.texts(recorded), expected);
}

#[test]
fn a_step_that_was_applied_with_another_text_is_named_and_nothing_is_done() {
    let other = format!(
        "UPDATE PERSONY_MIGRATIONS SET SHA256 = '{}' WHERE MIGRATION = 2 AND STEP = 1",
        "0".repeat(64)
    );
    let account = migrated_and(&[&other, "DELETE FROM PERSONY_MIGRATIONS WHERE MIGRATION = 2 AND STEP = 2"]);
    let refused = persony(&account.oracle, &["migrate"], &[]);
    let said = String::from_utf8(refused.stderr).unwrap();
    let message = "migration 2 (login failures), step 1, was applied with another text than this program has";
    assert!(refused.status.code() == Some(1) && said.contains(message), "{said}");
    assert_eq!(account.oracle.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), [(steps() - 1).to_string()]);
    let verdict = persony(&account.oracle, &["check"], &[("JWT_SECRET_KEY", crate::api::support::TEST_KEY)]);
    let said = String::from_utf8(verdict.stdout).unwrap();
    assert!(said.contains(&format!("schema: FAILED: {message}")), "{said}");
}

#[test]
fn records_from_before_are_read_and_left_as_they_are_until_something_is_recorded() {
    let up_to_date = |oracle: &StandInOracle| {
        left_by_a_program_from_before(oracle);
        for (number, statements) in later_migrations() {
            oracle.execute_all(&statements);
            for step in 1..=statements.len() {
                oracle.execute(&format!(
                    "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP) VALUES ({number}, {step})"
                ));
            }
        }
    };
    let on = OnOracle::prepared(up_to_date, &[]);
    on.becomes_ready();
    let columns =
        "SELECT COLUMN_NAME FROM USER_TAB_COLUMNS WHERE TABLE_NAME = 'PERSONY_MIGRATIONS' ORDER BY COLUMN_ID";
    assert_eq!(on.database.texts(columns), ["MIGRATION", "STEP", "APPLIED_AT"]);
    let on = OnOracle::prepared(|oracle| left_by_a_program_from_before(oracle), &[]);
    on.becomes_ready();
    assert_eq!(on.database.texts(columns), ["MIGRATION", "STEP", "APPLIED_AT", "WORKS_WITH", "SHA256"]);
    let recorded = "SELECT MIGRATION || ' ' || WORKS_WITH FROM PERSONY_MIGRATIONS ORDER BY MIGRATION, STEP";
    let recorded_since =
        later_steps().into_iter().map(|step| format!("{} 1", step.split('.').next().unwrap()));
    let expected: Vec<_> = ["1 "; 4].map(str::to_owned).into_iter().chain(recorded_since).collect();
    assert_eq!(on.database.texts(recorded), expected);
}
