use serde::Serialize;
use utoipa::ToSchema;

use crate::calendar::sharing::Access;
use crate::calendar::sharing::shared::read_access;
use crate::calendar::store::known;
use crate::db::{DbError, Row, required};

/// A calendar, or an event, that is offered to an address or shared with whoever has accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Share {
    /// Names it among all shares; as an offer it has the same.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// The other one's address: for the owner the receiver's, for the receiver the owner's.
    #[schema(example = "jane@example.com")]
    pub email: String,
    /// What it lets its receiver do.
    pub access: Access,
    /// Whether it counts.
    pub state: State,
}

/// Whether a share counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ShareState)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for whoever has the address, or will have it.
    Offered,
    /// It counts.
    Accepted,
    /// Whoever had the address did not want it.
    Declined,
}

impl State {
    /// Takes what the column says.
    ///
    /// # Errors
    /// What it must be.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "offered" => Ok(Self::Offered),
            "accepted" => Ok(Self::Accepted),
            "declined" => Ok(Self::Declined),
            _ => Err("Must be offered, accepted or declined".into()),
        }
    }
}

impl Share {
    /// Reads ID, EMAIL, ACCESS_LEVEL and STATE, which are the first columns. `None`: there is no row.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn read(row: &dyn Row) -> Result<Option<Self>, DbError> {
        let Some(id) = row.integer(0)? else { return Ok(None) };
        let state = required(row.text(3)?, "STATE")?;
        Ok(Some(Self {
            id,
            email: required(row.text(1)?, "EMAIL")?.into_owned(),
            access: required(read_access(row.text(2)?.as_deref()), "ACCESS_LEVEL")?,
            state: known("STATE", Some(State::parse(&state))).unwrap_or(State::Declined),
        }))
    }
}
