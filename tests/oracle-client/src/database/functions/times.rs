//! Functions of timestamps and intervals.

use bigdecimal::BigDecimal;
use chrono::NaiveDateTime;
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{Answer, changing, number, strict};
use crate::database::messages::ora;
use crate::database::session::Shared;
use crate::database::values::{interval, number as decimal, timestamp};

pub fn register(connection: &Connection, shared: &Shared) -> Result<()> {
    let state = shared.clone();
    changing(connection, "ora_systimestamp", move |_| stored(state.lock().statement_time, 0))?;
    strict(connection, "ora_timestamp_add", 2, |a| {
        let (utc, offset) = a.timestamp(0);
        let sum = interval::duration(&a.number(1)).and_then(|length| utc.checked_add_signed(length));
        stored(sum.ok_or_else(|| ora(1841))?, offset)
    })?;
    strict(connection, "ora_timestamp_subtract", 2, |a| {
        number(&interval::nanoseconds(a.timestamp(0).0 - a.timestamp(1).0))
    })?;
    strict(connection, "ora_interval", 2, |a| {
        let length = a.number(0) * BigDecimal::from(interval::unit(a.text(1))?);
        let length = decimal::round(&length, 0);
        if length.abs() >= interval::limit() { Err(ora(1873)) } else { number(&length) }
    })
}

fn stored(utc: NaiveDateTime, offset: i16) -> Answer {
    timestamp::store_utc(utc, offset).map(Stored::Text)
}
