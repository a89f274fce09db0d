use chrono::{DateTime, Utc};

/// A bind: its name, without the colon, and its value.
pub type Bind<'a> = (&'static str, Value<'a>);

/// A value on its way into the database.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// NUMBER.
    Integer(i64),
    /// VARCHAR2. As on Oracle, an empty text is NULL.
    Text(Option<&'a str>),
    /// TIMESTAMP WITH TIME ZONE, kept to the microsecond.
    Timestamp(DateTime<Utc>),
}

impl From<i64> for Value<'_> {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

/// NUMBER(1), as the schema keeps truth values: 1 or 0.
impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Self::Integer(truth.into())
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
        Self::Timestamp(instant)
    }
}

/// A column that an INSERT gives back (`RETURNING`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// A NUMBER column of this name.
    Integer(&'static str),
    /// A TIMESTAMP WITH TIME ZONE column of this name.
    Timestamp(&'static str),
}

impl Returned {
    /// The column's name.
    pub fn column(self) -> &'static str {
        match self {
            Self::Integer(name) | Self::Timestamp(name) => name,
        }
    }
}
