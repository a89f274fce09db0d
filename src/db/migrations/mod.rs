//! What the schema is made of: numbered migrations, each a list of statements that are applied and
//! recorded one by one. `db/schema.sql` is number one.

mod pause;
mod plan;
mod records;
mod refusals;
mod reminder;
mod script;
mod step;
mod tables;

pub use pause::Pause;
pub use plan::{Kind, LOCK_TABLE, Plan, State, Statement, plan};
pub use records::{READ_RECORDS, READ_RECORDS_FROM_BEFORE, Record, Records};
pub use reminder::Reminder;
pub use step::Step;
pub use tables::{Column, Found, TABLES};

use super::DbError;

/// A change of the schema, for both engines or for one.
struct Migration {
    number: i64,
    name: &'static str,
    /// The newest migration that a program must know at least to work beside this one: 1 if it does
    /// not disturb those that know the documented schema alone, the number itself if it does.
    works_with: i64,
    oracle: Script,
    embedded: Script,
}

/// What a migration does on an engine.
#[derive(Clone, Copy)]
enum Script {
    /// These statements, each of which is recorded.
    Runs(&'static str),
    /// Nothing: what it is about is the other engine's alone, and nothing is recorded.
    NothingToDo,
}

/// All migrations, in order. A text that both engines take stands once in `db/migrations`; else
/// there is a pair of files, or the one of the engine that has something to do.
const MIGRATIONS: &[Migration] = &[
    Migration {
        number: DOCUMENTED,
        name: "the documented schema",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/schema.sql")),
        embedded: Script::Runs(include_str!("../../../db/schema.embedded.sql")),
    },
    Migration {
        number: 2,
        name: "login failures",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0002_login_failures.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0002_login_failures.embedded.sql")),
    },
    Migration {
        number: 3,
        name: "jobs",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0003_jobs.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0003_jobs.embedded.sql")),
    },
    Migration {
        number: 4,
        name: "a plain file",
        works_with: 1,
        oracle: Script::NothingToDo,
        embedded: Script::Runs(include_str!("../../../db/migrations/0004_plain_file.embedded.sql")),
    },
    Migration {
        number: 5,
        name: "profiles",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0005_profiles.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0005_profiles.embedded.sql")),
    },
    Migration {
        number: 6,
        name: "sessions",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0006_sessions.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0006_sessions.embedded.sql")),
    },
    Migration {
        number: 7,
        name: "the audit log",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0007_audit_log.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0007_audit_log.embedded.sql")),
    },
    Migration {
        number: 8,
        name: "closed accounts",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0008_closed_accounts.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0008_closed_accounts.embedded.sql")),
    },
    Migration {
        number: 9,
        name: "calendars",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0009_calendars.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0009_calendars.embedded.sql")),
    },
    Migration {
        number: 10,
        name: "shares",
        works_with: 1,
        oracle: Script::Runs(include_str!("../../../db/migrations/0010_shares.oracle.sql")),
        embedded: Script::Runs(include_str!("../../../db/migrations/0010_shares.embedded.sql")),
    },
];

/// The migration whose tables the Flask application may have made.
const DOCUMENTED: i64 = 1;

/// The engine whose texts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Oracle,
    Embedded,
}

impl Dialect {
    /// The number under which Oracle's documentation explains an error, in parentheses; on the other
    /// engine, nothing.
    fn number(self, code: &str) -> String {
        match self {
            Self::Oracle => format!(" ({code})"),
            Self::Embedded => String::new(),
        }
    }
}

/// The number of the newest migration that this program knows, whichever engine it is for.
fn newest() -> i64 {
    MIGRATIONS.last().map_or(DOCUMENTED, |migration| migration.number)
}

/// The steps of all migrations, in order.
///
/// # Errors
/// `Failed` for a script that is not made of plain statements.
pub fn all_steps(dialect: Dialect) -> Result<Vec<Step>, DbError> {
    steps_of(MIGRATIONS, dialect)
}

fn steps_of(migrations: &[Migration], dialect: Dialect) -> Result<Vec<Step>, DbError> {
    let mut steps = Vec::new();
    for Migration { number, name, works_with, oracle, embedded } in migrations {
        let script = match dialect {
            Dialect::Oracle => oracle,
            Dialect::Embedded => embedded,
        };
        let Script::Runs(script) = script else { continue };
        let statements = script::statements(script)
            .map_err(|refused| DbError::Failed(format!("migration {number} ({name}), {refused}")))?;
        steps.extend((1..).zip(statements).map(|(step, sql)| Step {
            migration: *number,
            name,
            works_with: *works_with,
            step,
            sql,
        }));
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_engines_have_every_migration_but_what_is_the_others_alone_in_statements_that_are_run() {
        for (dialect, numbers) in [
            (Dialect::Oracle, &[1, 2, 3, 5, 6, 7, 8, 9, 10][..]),
            (Dialect::Embedded, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ] {
            let steps = all_steps(dialect).unwrap();
            let migrations: BTreeSet<_> = steps.iter().map(|step| step.migration).collect();
            assert_eq!(migrations, numbers.iter().copied().collect());
        }
    }

    /// One that is looked at as the transaction ends would fail a whole group of the embedded engine
    /// (`embedded/group.rs`) for one of its units.
    #[test]
    fn no_constraint_is_deferred() {
        for dialect in [Dialect::Oracle, Dialect::Embedded] {
            for step in all_steps(dialect).unwrap() {
                assert!(!script::words(&step.sql).contains(&"DEFERRABLE".to_owned()), "{}", step.label());
            }
        }
    }

    #[test]
    fn a_script_that_is_not_run_is_named() {
        let oracle = Script::Runs("CREATE TABLE A (B NUMBER);\nBEGIN\n  NULL;\nEND;\n/\n");
        let embedded = Script::NothingToDo;
        let third = [Migration { number: 3, name: "blocks", works_with: 1, oracle, embedded }];
        assert!(steps_of(&third, Dialect::Embedded).unwrap().is_empty());
        let error = steps_of(&third, Dialect::Oracle).unwrap_err().to_string();
        assert_eq!(
            error,
            "migration 3 (blocks), line 2: PL/SQL is not run; a migration is made of plain statements"
        );
    }

    #[test]
    fn migrations_are_in_order_and_work_with_programs_that_were() {
        for (index, migration) in (1..).zip(MIGRATIONS) {
            assert_eq!(migration.number, index);
            assert!((1..=index).contains(&migration.works_with), "{}", migration.name);
        }
    }

    #[test]
    fn each_migration_has_its_row_of_what_works_beside_it() {
        // Read as the test runs: the image is built without the documentation.
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/running.md")).unwrap();
        for Migration { number, name, works_with, .. } in MIGRATIONS {
            let row = format!("\n| {number}, {name} | {works_with} |\n");
            assert!(page.contains(&row), "docs/running.md, Upgrade and rollback, lacks the row {row}");
        }
    }

    /// What was released is applied in databases and recorded with these: a change of it is a new
    /// migration.
    #[test]
    fn released_migrations_stay_as_they_are() {
        const RELEASED: i64 = 2;
        let released = |dialect| {
            let steps = all_steps(dialect).unwrap().into_iter().filter(|step| step.migration <= RELEASED);
            steps
                .map(|step| format!("{}.{} {}", step.migration, step.step, step.sha256()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            released(Dialect::Oracle),
            [
                "1.1 14300da7a5d28d2e29fc03690a7e62e0173e13bf96f0f6caddc9d22d79ca6511",
                "1.2 96055612ca17dcd4cca7ed5b2fae6e338a40bc2c174dac570a793dee7a657c88",
                "1.3 00b35c260aea919aa39e6113c2105a4160854f63db82c567875d1573df233a9d",
                "1.4 89ed5423072c1715a7cd6426473b15a60e339ff1a551565a47be80d95936e496",
                "2.1 44b1da2590ac37a86b26b89a9a3fdca16d550dd249a3e77e505a39c79c548219",
                "2.2 b7a5d3a4f77e238cc189e8428e44b1c67719a086d141aaace67b2a4d8fd3238c",
            ]
        );
        assert_eq!(
            released(Dialect::Embedded),
            [
                "1.1 ec06b4239f4e41dd36789634cb2afa672612e6886911cea687e0f28cab4108a7",
                "1.2 189ac1f57f9c39a34e9b15e21c1f2acedb05d0280c22af681faae12df9153f44",
                "1.3 7f203328aa3e5bcb60fcb5ad74fd2ebf59a4140a5a7f787e4284f7f8f30add2d",
                "1.4 00b35c260aea919aa39e6113c2105a4160854f63db82c567875d1573df233a9d",
                "1.5 89ed5423072c1715a7cd6426473b15a60e339ff1a551565a47be80d95936e496",
                "2.1 871f0656ec86ae2b36154f674d530a3d2a36e1d5e86dc57018a28b593e0f1385",
                "2.2 b7a5d3a4f77e238cc189e8428e44b1c67719a086d141aaace67b2a4d8fd3238c",
            ]
        );
    }
}
