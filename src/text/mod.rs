//! Texts as the schema bounds them.

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
}
