use chrono::DateTime;
use uuid::Uuid;

use super::queries;
use crate::export::Part;

/// What the log knows of a person. No line has the id of zeros.
pub fn part() -> Part {
    Part::list("activity", (DateTime::UNIX_EPOCH, Uuid::nil().to_string()), queries::export_log)
}
