//! What becomes of the rows that pointed at a key which is gone: ORA-02292, or ON DELETE.

use rusqlite::types::Value as Stored;

use super::dml::{Dml, equal_to_parameters, stored_list};
use crate::database::catalog::{Constraint, Foreign, OnDelete, Table};
use crate::database::compile::label;
use crate::error::OracleError;

/// `old` holds, for each row that was changed or deleted, the former values of the columns `keys`.
pub fn settle(
    dml: &Dml,
    parent: &Table,
    keys: &[u64],
    old: &[Vec<Stored>],
    deletes: bool,
) -> Result<(), OracleError> {
    if old.is_empty() {
        return Ok(());
    }
    for (child, constraint, foreign) in dml.catalog.references_to(parent.id) {
        let still_there =
            format!("SELECT 1 FROM {} WHERE {}", parent.stored(), equal_to_parameters(&foreign.columns));
        for row in old {
            let value =
                |column: &u64| keys.iter().position(|key| key == column).map(|index| row[index].clone());
            let gone: Vec<Stored> = foreign.columns.iter().filter_map(value).collect();
            if gone.contains(&Stored::Null) || dml.any(&still_there, &gone)? {
                continue;
            }
            settle_child(dml, child, constraint, foreign, &gone, deletes)?;
        }
    }
    Ok(())
}

fn settle_child(
    dml: &Dml,
    child: &Table,
    constraint: &Constraint,
    foreign: &Foreign,
    gone: &[Stored],
    deletes: bool,
) -> Result<(), OracleError> {
    let pointing = equal_to_parameters(&constraint.columns);
    match foreign.on_delete {
        OnDelete::Cascade if deletes => {
            let mut keys: Vec<u64> = dml
                .catalog
                .references_to(child.id)
                .iter()
                .flat_map(|(.., foreign)| foreign.columns.clone())
                .collect();
            keys.sort_unstable();
            keys.dedup();
            let returned = if keys.is_empty() { "rowid".to_owned() } else { stored_list(&keys) };
            let sql = format!("DELETE FROM {} WHERE {pointing} RETURNING {returned}", child.stored());
            let old = dml.all(&sql, gone)?;
            if keys.is_empty() { Ok(()) } else { settle(dml, child, &keys, &old, true) }
        }
        OnDelete::SetNull if deletes => {
            let cleared: Vec<String> =
                constraint.columns.iter().map(|column| format!("c{column} = NULL")).collect();
            let sql = format!("UPDATE {} SET {} WHERE {pointing}", child.stored(), cleared.join(", "));
            dml.all(&sql, gone).map(drop)
        }
        _ => {
            let sql = format!("SELECT 1 FROM {} WHERE {pointing}", child.stored());
            if !dml.any(&sql, gone)? {
                return Ok(());
            }
            let name = label(child, constraint);
            Err(OracleError::new(
                2292,
                format_args!("integrity constraint ({name}) violated - child record found"),
            ))
        }
    }
}
