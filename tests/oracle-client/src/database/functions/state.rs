//! What depends on the session: sequences, and what the database tells of itself.

use rusqlite::{Connection, Result};

use super::arguments::{changing, integer, text};
use crate::database::session::Shared;

pub fn register(connection: &Connection, shared: &Shared) -> Result<()> {
    let state = shared.clone();
    changing(connection, "ora_nextval", move |a| {
        integer(state.lock().sequences.next(a.integer(0), a.integer(1), a.integer(2))?)
    })?;
    let state = shared.clone();
    changing(connection, "ora_character_set", move |_| text(state.lock().character_set.clone()))
}
