use super::queries::Row;

/// Changes of a calendar that come after a number, and its head as of the same moment.
#[derive(Debug, Default)]
pub struct Page {
    /// In the order of their numbers.
    pub rows: Vec<Row>,
    /// The last number that was given out; 0: none was.
    pub last_number: i64,
    /// The last number of a deletion that is not kept any more.
    pub forgotten_number: i64,
}
