//! Functions of timestamps and intervals.

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{Duration, NaiveDateTime};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{Answer, lenient, strict};
use crate::database::messages::ora;
use crate::database::session::Shared;
use crate::database::values::{interval, number, timestamp};

pub fn register(connection: &Connection, shared: &Shared) -> Result<()> {
    let state = shared.clone();
    lenient(connection, "ora_systimestamp", move |_| stored(state.lock().statement_time, 0))?;
    strict(connection, "ora_timestamp_add", 2, |a| {
        let (utc, offset) = a.timestamp(0);
        let sum = utc.checked_add_signed(Duration::nanoseconds(a.integer(1)));
        stored(sum.ok_or_else(|| ora(1841))?, offset)
    })?;
    strict(connection, "ora_timestamp_subtract", 2, |a| {
        let difference = a.timestamp(0).0 - a.timestamp(1).0;
        difference.num_nanoseconds().map(Stored::Integer).ok_or_else(|| ora(1873))
    })?;
    strict(connection, "ora_interval", 2, |a| {
        let length = a.number(0) * BigDecimal::from(interval::unit(a.text(1))?);
        number::round(&length, 0).to_i64().map(Stored::Integer).ok_or_else(|| ora(1873))
    })
}

fn stored(utc: NaiveDateTime, offset: i16) -> Answer {
    timestamp::store_utc(utc, offset).map(Stored::Text)
}
