use rocket::http::Status;
use utoipa::IntoResponses;

use crate::calendar::sharing::NoAccess;
use crate::http::{Error, ErrorBody};

/// 404 on `id`: a calendar that is not there, or somebody else's.
#[derive(Debug)]
pub struct NoSuchCalendar;

impl From<NoSuchCalendar> for Error {
    fn from(NoSuchCalendar: NoSuchCalendar) -> Self {
        Self::new(Status::NotFound, "id", "Calendar not found")
    }
}

/// 409 on `limit`: there are as many as one may have.
#[derive(Debug)]
pub struct TooMany;

impl From<TooMany> for Error {
    fn from(TooMany: TooMany) -> Self {
        Self::new(Status::Conflict, "limit", "There can be at most 100 calendars: delete one first")
    }
}

/// 400 on `move_to`: it is none of one's own, or the one that is deleted.
#[derive(Debug)]
pub struct NoSuchTarget;

impl From<NoSuchTarget> for Error {
    fn from(NoSuchTarget: NoSuchTarget) -> Self {
        Self::invalid("move_to", "Must be the id of another calendar of one's own")
    }
}

/// 409 on `move_to`: an event would be twice in a calendar.
#[derive(Debug)]
pub struct InBoth;

impl From<InBoth> for Error {
    fn from(InBoth: InBoth) -> Self {
        Self::new(
            Status::Conflict,
            "move_to",
            "An event of this calendar is in the other one, too: nothing was moved or deleted",
        )
    }
}

/// Why a calendar was not deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDeleted {
    /// It is not there, or one does not see it.
    NoSuchCalendar,
    /// It is somebody else's.
    IsAnothers,
    /// 409 on `id`: events have to be somewhere.
    IsDefault,
    /// The calendar that was to have its events is not there, or somebody else's.
    NoSuchTarget,
}

impl From<NotDeleted> for Error {
    fn from(not_deleted: NotDeleted) -> Self {
        match not_deleted {
            NotDeleted::NoSuchCalendar => NoSuchCalendar.into(),
            NotDeleted::IsAnothers => NoAccess.into(),
            NotDeleted::NoSuchTarget => NoSuchTarget.into(),
            NotDeleted::IsDefault => Self::new(
                Status::Conflict,
                "id",
                "The default calendar cannot be deleted: it has the events that name no calendar",
            ),
        }
    }
}

/// There is no such calendar, or it is somebody else's.
#[derive(IntoResponses)]
#[response(status = 404, example = json!({"errors": {"id": "Calendar not found"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct NotFound(ErrorBody);

/// There are 100 calendars, as many as there can be (`limit`).
#[derive(IntoResponses)]
#[response(
    status = 409,
    example = json!({"errors": {"limit": "There can be at most 100 calendars: delete one first"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Full(ErrorBody);

/// It is the default calendar (`id`), or an event would be twice in the calendar that it moves to (`move_to`).
#[derive(IntoResponses)]
#[response(
    status = 409,
    example = json!({"errors": {
        "id": "The default calendar cannot be deleted: it has the events that name no calendar",
    }}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Kept(ErrorBody);
