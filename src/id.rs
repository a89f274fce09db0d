//! Ids: positive integers, as identity columns give them out.

use rocket::request::FromParam;

/// Reads an id as the wire spells it: digits alone, no sign, no leading zero.
pub fn positive_integer(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

/// CALENDAR_EVENTS.ID in a path. What is no id names no event: there is nothing to ask the
/// database for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventId(pub i64);

/// The path's segment is no id.
#[derive(Debug)]
pub struct NoSuchId;

impl<'a> FromParam<'a> for EventId {
    type Error = NoSuchId;

    fn from_param(segment: &'a str) -> Result<Self, NoSuchId> {
        positive_integer(segment).map(Self).ok_or(NoSuchId)
    }
}

#[cfg(test)]
mod tests {
    use super::positive_integer;

    #[test]
    fn an_id_is_a_positive_integer_in_plain_digits() {
        assert_eq!(positive_integer("1"), Some(1));
        assert_eq!(positive_integer("9223372036854775807"), Some(i64::MAX));
        for text in ["", "0", "-1", "+1", "01", "1.0", "1e3", " 1", "abc", "١", "9223372036854775808"] {
            assert_eq!(positive_integer(text), None, "{text:?}");
        }
    }
}
