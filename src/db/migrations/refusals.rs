//! Databases that a program keeps its hands off, and says why.

use std::collections::BTreeSet;

use super::step::Target;
use super::{Found, Record, Step, TABLES};

/// What a newer program has left, if it lets this one work, which knows migrations up to the newest.
pub fn newer(newest: i64, records: &[Record]) -> Result<Option<String>, String> {
    let Some(last) = records.iter().map(|record| record.migration).filter(|number| *number > newest).max()
    else {
        return Ok(None);
    };
    let wants = |record: &Record| record.works_with.unwrap_or(record.migration);
    let beyond = records.iter().filter(|record| record.migration > newest);
    match beyond.max_by_key(|record| wants(record)).filter(|record| wants(record) > newest) {
        None => Ok(Some(format!(
            "the database has migration {last}, and this program knows {newest} at most: a newer version of it \
             ran here, and recorded that this one works, too"
        ))),
        Some(record) => Err(format!(
            "the database has migration {}, and this program knows {newest} at most: a newer version of it ran \
             here. Run that one.",
            record.migration
        )),
    }
}

/// A text that was released does not change: another is another program's, or was edited.
pub fn compare_texts(steps: &[Step], records: &[Record]) -> Result<(), String> {
    for record in records {
        let (Some(applied), Some(same)) =
            (&record.sha256, steps.iter().find(|step| step.migration == record.migration))
        else {
            continue;
        };
        let known = steps.iter().find(|step| (step.migration, step.step) == (record.migration, record.step));
        if known.is_none_or(|step| step.sha256() != *applied) {
            let Record { migration, step, .. } = record;
            return Err(format!(
                "migration {migration} ({}), step {step}, was applied with another text than this program has \
                 (SHA-256 {applied} in PERSONY_MIGRATIONS): another build of it ran here. Run that one.",
                same.name
            ));
        }
    }
    Ok(())
}

/// Nothing is made beside tables that are somebody else's.
pub fn refuse_others_tables(tables: &[Found]) -> Result<(), String> {
    let others = TABLES.iter().zip(tables).filter_map(|(table, found)| match found {
        Found::NotOurs(why) if table.is_first() => Some(why.as_str()),
        _ => None,
    });
    match others.collect::<Vec<_>>() {
        others if others.is_empty() => Ok(()),
        others => Err(format!(
            "tables with names of Persony's are somebody else's: {}. Give Persony an account or a file of its own.",
            others.join("; ")
        )),
    }
}

/// What is recorded as made must be there.
pub fn refuse_lost_tables(
    steps: &[Step],
    recorded: &BTreeSet<(i64, i64)>,
    tables: &[Found],
) -> Result<(), String> {
    for (table, found) in TABLES.iter().zip(tables).filter(|(_, found)| **found != Found::Ours) {
        let is_of_table = |target: Target| target.table == table.name && target.makes == table.is_first();
        let of_migration = steps.iter().filter(|step| step.migration == table.since);
        let mut of_table = of_migration.filter(|step| step.target().is_some_and(is_of_table));
        if of_table.any(|step| recorded.contains(&(step.migration, step.step))) {
            let what = match found {
                Found::NotOurs(why) => why.clone(),
                _ => format!("{} is not there, or may not be read", table.name),
            };
            return Err(format!(
                "{what}, though migration {} is recorded. Restore the table; or, to have an empty one made, delete \
                 what PERSONY_MIGRATIONS holds of migration {0}.",
                table.since
            ));
        }
    }
    Ok(())
}
