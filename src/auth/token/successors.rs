use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::{Builder, Uuid};

use crate::auth::SigningKey;

/// Names of tokens that follow from the name of another: who refreshes twice, on two instances even, gets
/// the same ones. Without the signing key nobody can tell them.
pub struct Successors(Hmac<Sha256>);

impl Successors {
    pub fn new(key: &SigningKey) -> Self {
        Self(Hmac::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length"))
    }

    /// The refresh token that takes this one's place.
    pub fn refresh_after(&self, refresh_jti: Uuid) -> Uuid {
        self.derive(b"refresh token after ", refresh_jti)
    }

    /// The access token that was made together with this refresh token.
    pub fn access_beside(&self, refresh_jti: Uuid) -> Uuid {
        self.derive(b"access token beside ", refresh_jti)
    }

    fn derive(&self, what: &[u8], from: Uuid) -> Uuid {
        let digest = self.0.clone().chain_update(what).chain_update(from).finalize().into_bytes();
        let (half, _) = digest.split_first_chunk().expect("a digest has 32 bytes");
        Builder::from_random_bytes(*half).into_uuid()
    }
}
