//! Who is asking: password hashes, access tokens, and the guard that turns one into a user.

mod current_user;
mod error;
mod hashing;
mod password;
mod revocations;
mod settings;
mod signing_key;
mod token;

pub use current_user::{CurrentUser, VerifiedToken};
pub use error::{Unauthorized, UnauthorizedResponse};
pub use hashing::{Busy, PasswordHasher, Place, Shares};
pub use password::PasswordHash;
pub use revocations::{Revocation, Revocations, delete_expired};
pub use settings::{Keys as SettingsKeys, Settings};
pub use signing_key::SigningKey;
pub use token::{Grant, Kind, Refusal, TokenPair, Tokens, Verified, now};

/// A user's id, as USERS.ID has it: positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(pub i64);
