use std::fmt;

use rocket::Request;
use uuid::Uuid;

/// The header in which a request's id comes in and goes out.
pub const HEADER: &str = "X-Request-Id";

const MAX_BYTES: usize = 64;

/// What a request is called in the log, here and upstream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// The id that came along with the request, or a new one.
    pub fn of(request: &Request<'_>) -> Self {
        let given = request.headers().get_one(HEADER).and_then(Self::parse);
        given.unwrap_or_else(|| Self(Uuid::new_v4().to_string()))
    }

    /// Takes 1 to 64 of `A-Z a-z 0-9 . _ -`: what cannot break a line of the log, or a header.
    fn parse(text: &str) -> Option<Self> {
        let sane = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let taken = (1..=MAX_BYTES).contains(&text.len()) && text.bytes().all(sane);
        taken.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RequestId;

    #[test]
    fn ids_of_a_sane_form_are_taken() {
        for text in ["a", "req-1.2_3", "0123456789abcdef0123456789ABCDEF", &"x".repeat(64)] {
            assert_eq!(RequestId::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "a b", "a\nb", "é", "a/b", "{}", "\"", &"x".repeat(65)] {
            assert_eq!(RequestId::parse(text), None, "{text:?}");
        }
    }
}
