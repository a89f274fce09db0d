//! What a dry run prints, run by somebody through sqlplus.

use super::account::{contents, left_by_a_program_from_before};
use super::{TABLES, any_oracle, documented_schema, persony};
use crate::api::support::database::Database;

/// The statements of a script as sqlplus takes it: comments and its own commands are lines, and a
/// statement ends with a semicolon at the end of a line.
fn as_sqlplus_takes_it(script: &str) -> Vec<String> {
    let (mut statements, mut statement) = (Vec::new(), String::new());
    for line in script.lines() {
        let begins = statement.is_empty();
        match line.strip_suffix(';') {
            _ if line.starts_with("--") || begins && (line.is_empty() || line.starts_with("WHENEVER ")) => {}
            _ if line.is_empty() => panic!("an empty line within a statement: {statement}"),
            None => statement.push_str(&format!("{line}\n")),
            Some(last) => statements.push(std::mem::take(&mut statement) + last),
        }
    }
    assert_eq!(statement, "");
    statements
}

fn dry_run(oracle: &dyn Database) -> String {
    let dry = persony(oracle, &["migrate", "--dry-run"], &[]);
    assert!(dry.status.success(), "{dry:?}");
    String::from_utf8(dry.stdout).unwrap()
}

/// Runs on one such account what a dry run prints, and lets the program migrate another one.
fn comes_out_the_same(prepare: impl Fn(&dyn Database)) {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let [by_hand, by_program] = folders.each_ref().map(any_oracle);
    prepare(&*by_hand);
    prepare(&*by_program);
    let before = by_hand.texts(TABLES);
    let script = dry_run(&*by_hand);
    assert!(script.contains("\nWHENEVER SQLERROR EXIT FAILURE ROLLBACK\n"), "{script}");
    assert!(script.ends_with("\nCOMMIT;\n"), "{script}");
    assert_eq!(by_hand.texts(TABLES), before);
    by_hand.execute_all(&as_sqlplus_takes_it(&script));
    let done = persony(&*by_program, &["migrate"], &[]);
    assert_eq!(String::from_utf8(done.stdout).unwrap(), script, "the program ran the same");
    assert_eq!(contents(&*by_hand), contents(&*by_program));
    for oracle in [by_hand, by_program] {
        assert_eq!(dry_run(&*oracle), "-- The schema is up to date.\n");
        let made = contents(&*oracle);
        let nothing = persony(&*oracle, &["migrate"], &[]);
        assert_eq!(String::from_utf8(nothing.stdout).unwrap(), "-- The schema is up to date.\n");
        assert_eq!(contents(&*oracle), made);
    }
}

#[test]
fn who_runs_a_dry_run_by_hand_gets_exactly_what_the_program_makes() {
    comes_out_the_same(|_| ());
}

#[test]
fn so_does_who_runs_one_where_a_program_from_before_was_cut_short() {
    comes_out_the_same(left_by_a_program_from_before);
}

#[test]
fn so_does_who_runs_one_beside_tables_of_the_flask_application() {
    comes_out_the_same(|oracle| oracle.execute_all(&documented_schema()));
    comes_out_the_same(|oracle| oracle.execute(&documented_schema()[0]));
}
