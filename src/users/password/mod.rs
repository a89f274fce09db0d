//! Passwords: what a new one is held to, how the present one is checked, and its change.

mod check;
mod new_password;
mod queries;
pub mod routes;

pub use check::PasswordCheck;
pub use new_password::NewPassword;
pub use routes::replace_password;
