//! Values as they pass between the OCI calls and the database.

/// A value that a bind carries in, or a column or RETURNING bind carries out.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    /// A NUMBER, in plain decimal notation (`-12.5`), at most 38 significant digits.
    Number(String),
    Text(String),
    /// A RAW.
    Bytes(Vec<u8>),
    Timestamp(Timestamp),
}

/// TIMESTAMP WITH TIME ZONE: the fields as seen at the offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    pub year: i16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub nanosecond: u32,
    /// Minutes east of UTC.
    pub offset: i16,
}
