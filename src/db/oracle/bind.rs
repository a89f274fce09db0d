use oracle::sql_type::{OracleType, ToSql};
use oracle::{Connection, Result, SqlValue};

use crate::db::Value;

/// A value as ODPI-C is to send it.
pub struct OracleBind<'a>(pub &'a Value<'a>);

impl ToSql for OracleBind<'_> {
    fn oratype(&self, _: &Connection) -> Result<OracleType> {
        Ok(match self.0 {
            Value::Integer(_) => OracleType::Number(0, 0),
            // The driver's own choice for a text, NVARCHAR2, makes Oracle convert the column it is
            // compared with, and pass its index by.
            Value::Text(text) => text_of(width(text.map_or(0, str::len))),
            Value::Timestamp(_) => OracleType::TimestampTZ(9),
            Value::Bytes(bytes) => OracleType::Raw(width(bytes.map_or(0, <[u8]>::len))),
        })
    }

    fn to_sql(&self, value: &mut SqlValue<'_>) -> Result<()> {
        match self.0 {
            Value::Integer(Some(integer)) => integer.to_sql(value),
            Value::Text(Some(text)) if !text.is_empty() => text.to_sql(value),
            Value::Timestamp(Some(instant)) => instant.to_sql(value),
            Value::Bytes(Some(bytes)) if !bytes.is_empty() => bytes.to_sql(value),
            Value::Integer(None) | Value::Text(_) | Value::Timestamp(None) | Value::Bytes(_) => {
                value.set_null()
            }
        }
    }
}

/// The type of a text of at most so many bytes. The driver counts characters, and makes room for four
/// bytes of each, which is what one takes in UTF-8 at most: told of bytes, it would make a long value
/// of each text of more than a quarter of a VARCHAR2 (ORA-24816). Array DML rounds up to powers of two.
pub fn text_of(bytes: u32) -> OracleType {
    const BYTES_OF_A_CHARACTER: u32 = 4;
    OracleType::Varchar2(bytes.div_ceil(BYTES_OF_A_CHARACTER))
}

/// Oracle keeps a child cursor for each of these widths, so that a bind as wide as its value would
/// not make one more (MOS note 296377.1 calls them bind graduation).
fn width(bytes: usize) -> u32 {
    match bytes {
        0..=32 => 32,
        33..=128 => 128,
        129..=2000 => 2000,
        2001..=4000 => 4000,
        longer => u32::try_from(longer).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::{OracleType, text_of, width};

    #[test]
    fn a_text_has_room_for_its_bytes_and_for_less_than_a_character_more() {
        for (bytes, characters) in [(32, 8), (128, 32), (2000, 500), (4000, 1000), (4001, 1001)] {
            assert_eq!(text_of(bytes), OracleType::Varchar2(characters));
        }
        assert_eq!(text_of(u32::MAX), OracleType::Varchar2(1 << 30));
    }

    #[test]
    fn values_of_all_lengths_share_four_widths_that_hold_them() {
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
            assert_eq!(width(length), wide, "{length}");
        }
    }
}
