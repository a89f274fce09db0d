//! Accounts that nobody can log in to: deactivated by an operator, erased by their person, or both, until they are
//! opened again or nothing of them is left.
//!
//! The hash of the password moves to CLOSED_ACCOUNTS and back: whatever program reads USERS refuses the login. Who
//! closes, opens or purges an account locks its row of USERS first, and then looks at what it is: of two at once the
//! second one sees what the first one made of it.

mod close;
mod closed;
mod purge;
mod queries;
mod reopen;
mod reset;
pub mod routes;

pub use close::{Erased, deactivate, erase};
pub use closed::{Closed, LoginClosed};
pub use purge::{Forget, purge_accounts};
pub use reopen::{activate, restore};
pub use reset::{end_sessions, reset_password};
pub use routes::erase_by_password;

/// What became of something that an operator wanted of an account.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It is so from now on.
    Done(T),
    /// It was so before: nothing was written.
    AsItWas,
    /// Its time has passed, and a part of it may be gone: nothing was written.
    TooLate,
    /// There is no such user.
    NoSuchUser,
}
