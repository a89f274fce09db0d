use rocket::Request;
use rocket::async_trait;
use rocket::request::{FromRequest, Outcome};

use crate::http::{Error, only};
use crate::text::fold;

/// What a name or an address is to begin with, without regard to upper and lower case. As a guard it refuses, with a 400 on
/// `q`, what is too short or too long.
#[derive(Debug, Clone)]
pub struct Beginning(String);

/// Characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=255;

impl Beginning {
    /// Takes a text of 2 to 255 characters, without blanks around it. `None`: it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        LENGTHS.contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }

    /// Whether a text begins so.
    pub fn is_of(&self, text: &str) -> bool {
        fold(text).starts_with(&fold(&self.0))
    }

    /// The least text that begins so, and the least behind all that do, in lower case as the database has it: of all letters by
    /// Oracle, of those of ASCII by SQLite.
    pub fn ranges(&self) -> [(String, String); 2] {
        let range = |text: String| (text.clone(), text + "\u{10FFFF}");
        [range(self.0.to_lowercase()), range(self.0.to_ascii_lowercase())]
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for Beginning {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let text = only(request, "q").ok().flatten();
        match text.as_deref().and_then(Self::parse) {
            Some(beginning) => Outcome::Success(beginning),
            None => Error::invalid("q", "Must be given once, with 2 to 255 characters").in_guard(request),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Beginning;

    #[test]
    fn case_is_not_regarded_and_every_character_is_a_letter() {
        let beginning = Beginning::parse(" ÄR ").unwrap();
        assert!(beginning.is_of("Ärzte") && beginning.is_of("ärzte") && !beginning.is_of("Arzt"));
        assert!(!Beginning::parse("a%").unwrap().is_of("abc"));
        assert!(!Beginning::parse("a_").unwrap().is_of("abc"));
    }

    #[test]
    fn two_characters_are_the_least() {
        assert!(Beginning::parse("ab").is_some());
        assert!(Beginning::parse("🚀🚀").is_some());
        for text in ["", "a", " a ", "é", &"a".repeat(256)] {
            assert!(Beginning::parse(text).is_none(), "{text}");
        }
    }
}
