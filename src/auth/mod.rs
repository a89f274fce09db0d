//! Who is asking: password hashes, access tokens, and the guard that turns one into a user.

mod current_user;
mod error;
mod hashing;
mod password;
mod settings;
mod signing_key;
mod token;

pub use current_user::CurrentUser;
pub use error::{Unauthorized, UnauthorizedResponse};
pub use hashing::{Busy, PasswordHasher, Shares};
pub use password::PasswordHash;
pub use settings::{Keys as SettingsKeys, Settings};
pub use signing_key::SigningKey;
pub use token::{Refusal, Tokens};

/// A user's id, as USERS.ID has it: positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(pub i64);
