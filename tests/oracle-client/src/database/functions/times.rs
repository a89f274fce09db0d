//! Functions of timestamps and intervals.

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{Duration, NaiveDateTime};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{Answer, lenient, strict, text};
use crate::database::messages::ora;
use crate::database::session::Shared;
use crate::database::values::{format, interval, number, timestamp};

pub fn register(connection: &Connection, shared: &Shared) -> Result<()> {
    let state = shared.clone();
    lenient(connection, "ora_systimestamp", move |_| stored(state.lock().statement_time, 0))?;
    let state = shared.clone();
    lenient(connection, "ora_current_timestamp", move |_| {
        let state = state.lock();
        stored(state.statement_time, state.time_zone)
    })?;
    strict(connection, "ora_utc", 1, |a| stored(a.timestamp(0).0, 0))?;
    strict(connection, "ora_at_zone", 2, |a| stored(a.timestamp(0).0, timestamp::zone(a.text(1))?))?;
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
    })?;
    let state = shared.clone();
    strict(connection, "ora_text_timestamp", 1, move |a| {
        let state = state.lock();
        let format = if a.count() > 1 { a.text(1) } else { &state.timestamp_tz_format };
        timestamp::store(&format::read(a.text(0), format, state.time_zone)?).map(Stored::Text)
    })?;
    let state = shared.clone();
    strict(connection, "ora_timestamp_text", 1, move |a| {
        let state = state.lock();
        let format = if a.count() > 1 { a.text(1) } else { &state.timestamp_tz_format };
        text(format::write(&timestamp::read(a.text(0)), format)?)
    })
}

fn stored(utc: NaiveDateTime, offset: i16) -> Answer {
    timestamp::store_utc(utc, offset).map(Stored::Text)
}
