use crate::http::Fields;

/// The longest password, in bytes: hashing must not be a way to keep the server busy.
const MAX_BYTES: usize = 1024;

/// A password that somebody is to have from now on, which was given twice.
pub struct NewPassword(String);

impl NewPassword {
    /// Reads `password` and `confirm_password`, and refuses what is wrong with them. The shortest length is
    /// counted in characters.
    pub fn read(fields: &mut Fields<'_>, min_length: usize) -> Option<Self> {
        let password = fields.required_text("password");
        let confirmation = fields.required_text("confirm_password");
        let password = password?;
        if password.chars().count() < min_length {
            fields.refuse("password", format!("Must have at least {min_length} characters"));
        }
        if password.len() > MAX_BYTES {
            fields.refuse("password", format!("Must not be longer than {MAX_BYTES} bytes in UTF-8"));
        }
        if confirmation.is_some_and(|confirmation| confirmation != password) {
            fields.refuse("password", "The passwords do not match");
        }
        Some(Self(password))
    }

    /// As it was typed.
    pub fn into_text(self) -> String {
        self.0
    }
}
