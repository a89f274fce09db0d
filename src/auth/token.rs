use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Settings, UserId};
use crate::id::positive_integer;

/// Makes and checks access tokens: JWTs (RFC 7519) signed with HS256, with the claims that
/// Flask-JWT-Extended 4 writes and reads.
pub struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
    /// Keys that signed before, for tokens that are still out there.
    previous: Vec<DecodingKey>,
    validation: Validation,
    lifetime: Duration,
}

/// Why a token is refused, in Flask-JWT-Extended's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// `exp` is not ahead.
    Expired,
    /// `nbf` is ahead.
    NotYetValid,
    /// `type` is not `access`.
    NotAccess,
    /// Not a JWT that was signed here with HS256, or without a usable `exp` or `sub`.
    Invalid,
}

impl Refusal {
    /// What the client is told.
    pub fn message(self) -> &'static str {
        match self {
            Self::Expired => "Token has expired",
            Self::NotYetValid => "The token is not yet valid (nbf)",
            Self::NotAccess => "Only access tokens are allowed",
            Self::Invalid => "Invalid token",
        }
    }
}

/// The claims in the order in which Flask-JWT-Extended writes them.
#[derive(Serialize)]
struct Claims {
    fresh: bool,
    iat: u64,
    jti: Uuid,
    #[serde(rename = "type")]
    kind: &'static str,
    sub: String,
    nbf: u64,
    csrf: Uuid,
    exp: u64,
}

/// The claims that decide. A NumericDate may have a fraction (RFC 7519, section 2).
#[derive(Deserialize)]
struct Received {
    #[serde(rename = "type")]
    kind: String,
    sub: String,
    nbf: Option<f64>,
    exp: f64,
}

impl Tokens {
    /// Tokens signed with the present key, each good for its lifetime (whole seconds). Those that one
    /// of the previous keys signed are accepted, too.
    pub fn new(settings: &Settings) -> Self {
        let Settings { signing_key: key, previous_keys, access_token_lifetime: lifetime } = settings;
        let mut validation = Validation::new(Algorithm::HS256);
        // Times are checked below: without leeway, and `exp` as PyJWT does, to the second itself.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.required_spec_claims.clear();
        Self {
            signing: EncodingKey::from_secret(key.as_bytes()),
            checking: DecodingKey::from_secret(key.as_bytes()),
            previous: previous_keys.iter().map(|key| DecodingKey::from_secret(key.as_bytes())).collect(),
            validation,
            lifetime: *lifetime,
        }
    }

    /// A token for a user, valid from now on.
    ///
    /// # Errors
    /// When the claims cannot be signed, which the library does not rule out.
    pub fn issue(&self, user: UserId) -> Result<String, jsonwebtoken::errors::Error> {
        let now = now().as_secs();
        let claims = Claims {
            fresh: false,
            iat: now,
            jti: Uuid::new_v4(),
            kind: "access",
            sub: user.0.to_string(),
            nbf: now,
            csrf: Uuid::new_v4(),
            exp: now.saturating_add(self.lifetime.as_secs()),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
    }

    /// The user whose token this is. Whether the user still exists is the database's to say.
    ///
    /// # Errors
    /// A `Refusal`, for the client.
    pub fn verify(&self, token: &str) -> Result<UserId, Refusal> {
        let claims = self.decode(token).ok_or(Refusal::Invalid)?;
        let now = now().as_secs_f64();
        if claims.exp <= now.floor() {
            return Err(Refusal::Expired);
        }
        if claims.nbf.is_some_and(|nbf| nbf > now) {
            return Err(Refusal::NotYetValid);
        }
        if claims.kind != "access" {
            return Err(Refusal::NotAccess);
        }
        positive_integer(&claims.sub).map(UserId).ok_or(Refusal::Invalid)
    }

    /// The claims of a token that one of the keys has signed. Where it was not the present one, all
    /// others are tried, whichever fits, so that the time does not tell which.
    fn decode(&self, token: &str) -> Option<Received> {
        let with = |key| decode::<Received>(token, key, &self.validation).map(|token| token.claims);
        match with(&self.checking) {
            Ok(claims) => Some(claims),
            Err(error) if *error.kind() == ErrorKind::InvalidSignature => {
                self.previous.iter().fold(None, |found, key| with(key).ok().or(found))
            }
            Err(_) => None,
        }
    }
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970")
}

#[cfg(test)]
mod tests;
