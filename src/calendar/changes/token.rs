use crate::calendar::calendars::CalendarId;
use crate::calendar::sharing::ShareVersion;
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
    /// Of a calendar of somebody else's, by which share it was seen: by another one, or with another access, all of it looks
    /// different.
    pub share: Option<ShareVersion>,
}

/// The calendar, and the two numbers.
type Seen = (i64, (i64, i64));

impl Token {
    /// As a client carries it: 36 characters of base64url, 60 of a calendar of somebody else's.
    #[must_use]
    pub fn write(self) -> String {
        let seen = (self.calendar.0, (self.number, self.begun_at));
        match self.share {
            None => write_cursor(&seen),
            Some(ShareVersion { id, revision }) => write_cursor(&(seen, (id, revision))),
        }
    }

    /// `None`: it was not written so, to the letter.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (seen, share) = match read_cursor::<Seen>(text) {
            Some(seen) => (seen, None),
            None => {
                let (seen, (id, revision)) = read_cursor::<(Seen, (i64, i64))>(text)?;
                (seen, Some(ShareVersion { id, revision }))
            }
        };
        let (calendar, (number, begun_at)) = seen;
        let token = Self { calendar: CalendarId(calendar), number, begun_at, share };
        (0 <= number && number <= begun_at).then_some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: Token = Token { calendar: CalendarId(7), number: 3, begun_at: i64::MAX, share: None };

    #[test]
    fn what_is_written_is_read_and_short() {
        assert_eq!(Token::read(&TOKEN.write()), Some(TOKEN));
        assert_eq!(TOKEN.write().len(), 36);
        let shared = Token { share: Some(ShareVersion { id: 9, revision: 2 }), ..TOKEN };
        assert_eq!(Token::read(&shared.write()), Some(shared));
        assert_eq!(shared.write().len(), 60);
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
