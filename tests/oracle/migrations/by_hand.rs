//! What a dry run prints, run by somebody through sqlplus.

use super::account::{Account, contents, left_by_a_program_from_before};
use super::{TABLES, documented_schema, persony};
use crate::api::support::database::{Database, StandInOracle};

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

fn dry_run(oracle: &StandInOracle) -> String {
    let dry = persony(oracle, &["migrate", "--dry-run"], &[]);
    assert!(dry.status.success(), "{dry:?}");
    String::from_utf8(dry.stdout).unwrap()
}

#[test]
fn who_runs_a_dry_run_by_hand_gets_exactly_what_the_program_makes() {
    let users_alone = |oracle: &StandInOracle| oracle.execute(&documented_schema()[0]);
    let of_flask = |oracle: &StandInOracle| oracle.execute_all(&documented_schema());
    let prepares: [&dyn Fn(&StandInOracle); 4] =
        [&|_| (), &left_by_a_program_from_before, &users_alone, &of_flask];
    for prepare in prepares {
        let (by_hand, by_program) = (Account::new(prepare), Account::new(prepare));
        let before = by_hand.oracle.texts(TABLES);
        let script = dry_run(&by_hand.oracle);
        assert!(script.contains("\nWHENEVER SQLERROR EXIT FAILURE ROLLBACK\n"), "{script}");
        assert!(script.ends_with("\nCOMMIT;\n"), "{script}");
        assert_eq!(by_hand.oracle.texts(TABLES), before);
        by_hand.oracle.execute_all(&as_sqlplus_takes_it(&script));
        let done = persony(&by_program.oracle, &["migrate"], &[]);
        assert_eq!(String::from_utf8(done.stdout).unwrap(), script, "the program ran the same");
        assert_eq!(contents(&by_hand.oracle), contents(&by_program.oracle));
        for oracle in [&by_hand.oracle, &by_program.oracle] {
            assert_eq!(dry_run(oracle), "-- The schema is up to date.\n");
            oracle.client.clear_trips();
            assert!(persony(oracle, &["migrate"], &[]).status.success());
            let ran = oracle.client.trips();
            assert!(
                ran.iter().all(|trip| ["", "SELECT"].contains(&trip.statement.split(' ').next().unwrap())),
                "{ran:#?}"
            );
        }
    }
}
