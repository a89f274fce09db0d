//! What settings are read with: Persony's table, secrets, numbers that are written as text. Which
//! settings there are, each part of the program says for itself.

mod keys;
mod secret;
mod secret_file;
mod table;
mod values;

use thiserror::Error;

pub use keys::keys_of;
pub use secret::Secret;
pub use secret_file::secret;
pub use table::{Table, describe};
pub use values::{at_least_one, number, truth};

/// What is wrong with the configuration, for the person who starts the server.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct ConfigError(pub String);
