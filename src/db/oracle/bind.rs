use oracle::sql_type::{OracleType, ToSql};
use oracle::{Connection, Result, SqlValue};

use crate::db::{Returned, Value};

/// A value as ODPI-C is to send it.
pub struct OracleBind<'a>(pub &'a Value<'a>);

impl ToSql for OracleBind<'_> {
    fn oratype(&self, connection: &Connection) -> Result<OracleType> {
        match self.0 {
            Value::Integer(integer) => integer.oratype(connection),
            // The driver's own choice for a text, NVARCHAR2, makes Oracle convert the column it is
            // compared with, and pass its index by.
            Value::Text(text) => Ok(OracleType::Varchar2(width(text.unwrap_or_default()))),
            Value::Timestamp(instant) => instant.oratype(connection),
        }
    }

    fn to_sql(&self, value: &mut SqlValue<'_>) -> Result<()> {
        match self.0 {
            Value::Integer(integer) => integer.to_sql(value),
            Value::Text(Some(text)) if !text.is_empty() => text.to_sql(value),
            Value::Text(_) => value.set_null(),
            Value::Timestamp(instant) => instant.to_sql(value),
        }
    }
}

/// Oracle keeps a child cursor for each of these widths, so that a bind as wide as its value would
/// not make one more (MOS note 296377.1 calls them bind graduation).
fn width(text: &str) -> u32 {
    match text.len() {
        0..=32 => 32,
        33..=128 => 128,
        129..=2000 => 2000,
        2001..=4000 => 4000,
        longer => u32::try_from(longer).unwrap_or(u32::MAX),
    }
}

/// The type of the OUT bind of a returned column.
pub fn out_type(column: Returned) -> OracleType {
    match column {
        Returned::Integer(_) => OracleType::Int64,
        Returned::Timestamp(_) => OracleType::TimestampTZ(6),
    }
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn texts_of_all_lengths_share_four_widths_that_hold_them() {
        for (length, wide) in [
            (0, 32),
            (1, 32),
            (32, 32),
            (33, 128),
            (128, 128),
            (129, 2000),
            (2000, 2000),
            (2001, 4000),
            (4000, 4000),
            (4001, 4001),
        ] {
            assert_eq!(width(&"x".repeat(length)), wide, "{length}");
        }
        assert_eq!(width(&"é".repeat(17)), 128, "in bytes");
    }
}
