use super::access::Access;
use super::person::Person;
use crate::calendar::store::known;
use crate::db::{DbError, Row};

/// How somebody sees what is another one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What they may do with it, unless it is private.
    pub access: Access,
    /// Whose it is.
    pub owner: Person,
    /// Whether they see the calendar that it is in.
    pub has_calendar: bool,
}

/// What [`Shared::read`] reads, of A (the share of the calendar), B (the share of the event) and U (USERS, the owner).
pub const SHARED_COLUMNS: &str = "A.ACCESS_LEVEL, B.ACCESS_LEVEL, U.ID, U.NAME, U.EMAIL";

/// In their place, of what is the reader's own.
pub const NOT_SHARED: &str = "NULL, NULL, NULL, NULL, NULL";

/// How many [`SHARED_COLUMNS`] there are.
pub const SHARED_WIDTH: usize = 5;

impl Shared {
    /// Reads [`SHARED_COLUMNS`], which are the columns from `first` on. `None`: it is the reader's own.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn read(row: &dyn Row, first: usize) -> Result<Option<Self>, DbError> {
        let Some((access, has_calendar)) = read_levels(row, first)? else { return Ok(None) };
        let owner = Person::read(row, first + 2)?;
        Ok(owner.map(|owner| Self { access, owner, has_calendar }))
    }

    /// Has it say this of another event of the same owner.
    pub fn set(&mut self, (access, has_calendar): Levels) {
        (self.access, self.has_calendar) = (access, has_calendar);
    }
}

/// What somebody may do with an event, and whether they see its calendar.
pub type Levels = (Access, bool);

/// Reads the first two of [`SHARED_COLUMNS`]: of a share of the calendar and one of the event the one that lets one do more
/// counts. `None`: there is neither.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn read_levels(row: &dyn Row, first: usize) -> Result<Option<Levels>, DbError> {
    let level = |column: usize| Ok::<_, DbError>(read_access(row.text(first + column)?.as_deref()));
    let (by_calendar, by_event) = (level(0)?, level(1)?);
    Ok(by_calendar.max(by_event).map(|access| (access, by_calendar.is_some())))
}

/// A column ACCESS_LEVEL. What a newer program has put there lets one do the least.
pub fn read_access(column: Option<&str>) -> Option<Access> {
    column.map(|text| known("ACCESS_LEVEL", Some(Access::parse(text))).unwrap_or(Access::Busy))
}
