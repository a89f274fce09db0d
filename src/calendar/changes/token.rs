use crate::calendar::calendars::CalendarId;
use crate::http::{read_cursor, write_cursor};

/// How much of a calendar's changes somebody has seen. It names the calendar, so that it is no other one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// CALENDARS.ID.
    pub calendar: CalendarId,
    /// All changes up to this number have been seen.
    pub number: i64,
    /// Deletions up to this number were over before the first page was read, and concern nobody who has the token: it is
    /// more than `number` in the middle of a first list in pages.
    pub begun_at: i64,
}

impl Token {
    /// As a client carries it: 36 characters of base64url.
    #[must_use]
    pub fn write(self) -> String {
        write_cursor(&(self.calendar.0, (self.number, self.begun_at)))
    }

    /// `None`: it was not written so, to the letter.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (calendar, (number, begun_at)) = read_cursor(text)?;
        let token = Self { calendar: CalendarId(calendar), number, begun_at };
        (0 <= number && number <= begun_at).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: Token = Token { calendar: CalendarId(7), number: 3, begun_at: i64::MAX };

    #[test]
    fn what_is_written_is_read_and_short() {
        assert_eq!(Token::read(&TOKEN.write()), Some(TOKEN));
        assert_eq!(TOKEN.write().len(), 36);
    }

    #[test]
    fn what_was_not_written_is_none() {
        let text = TOKEN.write();
        let backwards = Token { number: 4, begun_at: 3, ..TOKEN };
        let negative = Token { number: -1, ..TOKEN };
        for text in ["", "x", &text[1..], &format!("{text}A"), &backwards.write(), &negative.write()] {
            assert_eq!(Token::read(text), None, "{text}");
        }
        assert_eq!(Token::read(&write_cursor(&(7_i64, 3_i64))), None);
    }
}
