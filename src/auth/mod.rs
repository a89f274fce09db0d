//! Who is asking: password hashes, tokens and the cookies that hold them, and the guards that turn one into
//! a user.

mod bearer;
mod by_cookie;
mod cookies;
mod csrf;
mod current_user;
mod error;
mod hashing;
mod password;
mod renewal;
mod revocations;
mod settings;
mod shown;
mod signing_key;
mod token;

pub use by_cookie::{EndedCookie, NewCookies, RefreshCookie};
pub use cookies::{Cookies, SetCookies};
pub use current_user::{Caller, CurrentUser, VerifiedToken};
pub use error::{CsrfRefused, Unauthorized, UnauthorizedResponse};
pub use hashing::{Busy, PasswordHasher, Place, Shares};
pub use password::PasswordHash;
pub use renewal::{NotRenewed, Renewal};
pub use revocations::{Revocation, Revocations, delete_expired};
pub use settings::{Keys as SettingsKeys, Settings};
pub use signing_key::SigningKey;
pub use token::{Grant, Kind, Refusal, TokenPair, Tokens, Verified, now};

/// A user's id, as USERS.ID has it: positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UserId(pub i64);
