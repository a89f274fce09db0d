use sha2::{Digest, Sha256};

/// Under which failures are counted: the SHA-256 of the address as it was typed, in hex. Whether
/// it is registered makes no difference, and no row is longer for a longer address.
#[derive(Debug, Clone)]
pub struct FailuresKey(String);

impl FailuresKey {
    /// Of this address.
    pub fn of(email: &str) -> Self {
        Self(Sha256::digest(email).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// LOGIN_FAILURES.EMAIL_SHA256.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
