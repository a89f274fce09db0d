//! Texts as the schema bounds them, and the language that they are in.

mod email;
mod fold;
mod locale;
mod table;
mod url;

pub use email::Email;
pub use fold::fold;
pub use locale::Locale;
pub use table::{shown, table};
pub use url::Url;

/// A text of 1 to `MAX` UTF-8 bytes, as VARCHAR2(MAX) holds it on a default Oracle database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounded<const MAX: usize>(String);

impl<const MAX: usize> Bounded<MAX> {
    /// Takes a text that is within the bound.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn parse(text: String) -> Result<Self, String> {
        match text.len() {
            length if length > MAX => {
                Err(format!("Must not be longer than {MAX} bytes in UTF-8; this has {length}"))
            }
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The beginning of a text that fits into a column of so many bytes, cut between characters, and the
/// whole where it does not fit, which is to stand beside it.
pub fn beginning(text: &str, bytes: usize) -> (&str, Option<&str>) {
    match text.len() <= bytes {
        true => (text, None),
        false => {
            let end = (0..=bytes).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            (&text[..end], Some(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_text_is_cut_between_characters_and_only_where_it_must_be() {
        assert_eq!(beginning("abc", 3), ("abc", None));
        assert_eq!(beginning("abcd", 3), ("abc", Some("abcd")));
        assert_eq!(beginning("aé", 2), ("a", Some("aé")));
        assert_eq!(beginning("🚀", 3), ("", Some("🚀")));
    }
}
