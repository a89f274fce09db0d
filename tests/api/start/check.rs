use std::path::Path;
use std::process::Command;

use crate::api::support::{TEST_KEY, database};

/// What `persony check` prints, and whether all is well.
fn check(folder: &Path, variables: &[(&str, &str)]) -> (String, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_persony"));
    command.arg("check").current_dir(folder).env_clear().envs(variables.iter().copied());
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

#[test]
fn a_bare_folder_is_fit_and_stays_bare() {
    let folder = tempfile::tempdir().unwrap();
    let (verdicts, fit) = check(folder.path(), &[]);
    assert!(fit, "{verdicts}");
    assert_eq!(
        verdicts,
        "configuration: ok, the engine is the embedded engine, persony.db\n\
         connection: ok, the server makes the file\n\
         schema: ok, the server makes it\n"
    );
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[test]
fn a_database_without_its_schema_is_fit_only_where_the_server_may_make_it() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::new(crate::ENGINE, folder.path());
    if crate::ENGINE == crate::api::support::Engine::Embedded {
        std::fs::write(folder.path().join("persony.db"), "").unwrap();
    }
    let of_database = database.variables();
    for (migrate, fit) in [("true", true), ("false", false)] {
        let mut variables: Vec<_> = of_database.iter().map(|(name, value)| (*name, value.as_str())).collect();
        variables.extend([("JWT_SECRET_KEY", TEST_KEY), ("MIGRATE_AT_START", migrate)]);
        let (verdicts, found) = check(folder.path(), &variables);
        assert_eq!(found, fit, "{verdicts}");
        assert!(verdicts.contains("connection: ok, the "), "{verdicts}");
        assert_eq!(verdicts.contains("schema: FAILED: lacks "), !fit, "{verdicts}");
        assert!(!verdicts.contains(TEST_KEY), "{verdicts}");
    }
}

#[test]
fn what_is_wrong_is_named_and_no_secret_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("text.db"), "not a database, whatever it is called ".repeat(100))
        .unwrap();
    for (variables, verdict) in [
        (&[("LOG_FORMAT", "xml")][..], "configuration: FAILED: LOG_FORMAT: "),
        (&[("JWT_SECRET_KEY", "tiger")], "configuration: FAILED: JWT_SECRET_KEY: has 5 bytes"),
        (&[("ORACLE_PASSWORD", "tiger")], "configuration: FAILED: ORACLE_USER and ORACLE_DSN: not set"),
        (
            &[("EMBEDDED_DB_PATH", "no/such/persony.db")],
            "connection: FAILED: no/such/persony.db is in no folder",
        ),
        (&[("EMBEDDED_DB_PATH", "text.db")], "schema: FAILED: "),
    ] {
        let (verdicts, fit) = check(folder.path(), variables);
        assert!(!fit && verdicts.contains(verdict), "{verdicts}");
        assert!(!verdicts.contains("tiger"), "{verdicts}");
    }
}
