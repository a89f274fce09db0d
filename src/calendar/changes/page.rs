use super::queries::Row;
use crate::auth::UserId;
use crate::calendar::sharing::ShareVersion;

/// Changes of a calendar that come after a number, and its head as of the same moment.
#[derive(Debug)]
pub struct Page {
    /// Whose calendar it is.
    pub owner: UserId,
    /// By which share its reader sees it; `None`: it is their own.
    pub share: Option<ShareVersion>,
    /// In the order of their numbers.
    pub rows: Vec<Row>,
    /// The last number that was given out; 0: none was.
    pub last_number: i64,
    /// The last number of a deletion that is not kept any more.
    pub forgotten_number: i64,
}
