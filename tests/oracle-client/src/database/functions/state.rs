//! What depends on the session: sequences and its own description.

use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{integer, lenient, text};
use crate::database::messages::ora;
use crate::database::session::Shared;

pub fn register(connection: &Connection, shared: &Shared) -> Result<()> {
    let state = shared.clone();
    lenient(connection, "ora_nextval", move |a| {
        let mut state = state.lock();
        let next = state.sequences.next(a.integer(0), a.integer(1), a.integer(2))?;
        state.current_values.insert(a.integer(0), next);
        integer(next)
    })?;
    let state = shared.clone();
    lenient(connection, "ora_currval", move |a| {
        let current = state.lock().current_values.get(&a.integer(0)).copied();
        integer(current.ok_or_else(|| ora(8002))?)
    })?;
    let state = shared.clone();
    lenient(connection, "ora_context", move |a| {
        let state = state.lock();
        match a.text(0) {
            "SID" => text(state.sid.to_string()),
            "NLS_CHARACTERSET" => text(state.character_set.clone()),
            "MODULE" => text(state.module.clone()),
            _ => Ok(Stored::Null),
        }
    })
}
