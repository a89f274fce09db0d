use chrono::{DateTime, Utc};

/// A bind: its name, without the colon, and its value.
pub type Bind<'a> = (&'a str, Value<'a>);

/// A value on its way into the database; `None` is NULL.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// NUMBER.
    Integer(Option<i64>),
    /// VARCHAR2; CLOB, where the text is longer than 4,000 bytes. As on Oracle, an empty text is NULL.
    Text(Option<&'a str>),
    /// TIMESTAMP WITH TIME ZONE, kept to the microsecond.
    Timestamp(Option<DateTime<Utc>>),
    /// RAW. As on Oracle, no bytes are NULL.
    Bytes(Option<&'a [u8]>),
}

impl From<i64> for Value<'_> {
    fn from(integer: i64) -> Self {
        Self::Integer(Some(integer))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(integer: Option<i64>) -> Self {
        Self::Integer(integer)
    }
}

/// NUMBER(1), as the schema keeps truth values: 1 or 0.
impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Integer(Some(truth.into()))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text)
    }
}

impl From<DateTime<Utc>> for Value<'_> {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Timestamp(Some(instant))
    }
}

impl From<Option<DateTime<Utc>>> for Value<'_> {
    fn from(instant: Option<DateTime<Utc>>) -> Self {
        Self::Timestamp(instant)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(Some(bytes))
    }
}

impl<'a> From<Option<&'a [u8]>> for Value<'a> {
    fn from(bytes: Option<&'a [u8]>) -> Self {
        Self::Bytes(bytes)
    }
}

/// A column that a write gives back (`RETURNING`), by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// A NUMBER.
    Integer(&'static str),
    /// A VARCHAR2.
    Text(&'static str),
    /// A TIMESTAMP WITH TIME ZONE.
    Timestamp(&'static str),
    /// A RAW.
    Bytes(&'static str),
}

impl Returned {
    /// The column's name.
    pub fn column(self) -> &'static str {
        match self {
            Self::Integer(name) | Self::Text(name) | Self::Timestamp(name) | Self::Bytes(name) => name,
        }
    }
}
