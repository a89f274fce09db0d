use std::convert::Infallible;

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};
use utoipa::IntoResponses;

use super::{Error, ErrorBody};

/// What a request's `If-Match` lets be changed (RFC 9110, section 13.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// Whatever there is: there is no such header, or it is an asterisk.
    Anything,
    /// What has one of these tags, with their quotes. A weak one is never it.
    Tags(Vec<String>),
}

/// 412 on `if_match`: it is another one by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed;

impl From<Changed> for Error {
    fn from(Changed: Changed) -> Self {
        Self::new(Status::PreconditionFailed, "if_match", "It has changed since it was read")
    }
}

impl IfMatch {
    /// Whether nothing is asked for.
    pub fn is_absent(&self) -> bool {
        *self == Self::Anything
    }

    /// Lets what has this tag be changed.
    ///
    /// # Errors
    /// It is not what was meant.
    pub fn check(&self, tag: &str) -> Result<(), Changed> {
        match self {
            Self::Anything => Ok(()),
            Self::Tags(tags) if tags.iter().any(|one| one == tag) => Ok(()),
            Self::Tags(_) => Err(Changed),
        }
    }

    fn of<'h>(lines: impl Iterator<Item = &'h str>) -> Self {
        let mut tags = lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().to_owned()).peekable();
        match tags.peek().is_none() {
            true => Self::Anything,
            false => {
                let tags: Vec<_> = tags.collect();
                if tags == ["*"] { Self::Anything } else { Self::Tags(tags) }
            }
        }
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for IfMatch {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request.headers().get("If-Match")))
    }
}

/// It has changed since the tag of `If-Match` was given out.
#[derive(IntoResponses)]
#[response(status = 412, example = json!({"errors": {"if_match": "It has changed since it was read"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct ChangedSince(ErrorBody);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_strongly_and_an_asterisk_is_whatever_there_is() {
        for (lines, is_let) in [
            (&[][..], true),
            (&["*"], true),
            (&["\"a\""], true),
            (&["\"b\", \"a\""], true),
            (&["\"b\"", "\"a\""], true),
            (&["\"b\""], false),
            (&["W/\"a\""], false),
            (&["a"], false),
            (&[""], false),
        ] {
            assert_eq!(IfMatch::of(lines.iter().copied()).check("\"a\"").is_ok(), is_let, "{lines:?}");
        }
    }
}
