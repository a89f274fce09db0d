mod claims;
mod successors;
mod verified;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde_json::Value;
use uuid::Uuid;

use super::{Settings, UserId};
use crate::id::positive_integer;
use claims::{Claims, Received, text};
use successors::Successors;

pub use claims::Kind;
pub use verified::{Refusal, Verified};

/// Makes and checks tokens: JWTs (RFC 7519) signed with HS256, with the claims that Flask-JWT-Extended 4
/// writes and reads. Those of a session carry its id as one more, `sid`.
pub struct Tokens {
    signing: EncodingKey,
    checking: DecodingKey,
    /// Keys that signed before, for tokens that are still out there.
    previous: Vec<DecodingKey>,
    validation: Validation,
    lifetime: Duration,
    refresh_lifetime: Duration,
    successors: Successors,
}

/// What the two tokens of a session say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Whose they are.
    pub user: UserId,
    /// The session's id.
    pub session: Uuid,
    /// What all tokens of the session share (`csrf`).
    pub csrf: Uuid,
    /// The refresh token's `jti`. The access token's follows from it.
    pub refresh_jti: Uuid,
    /// The second from which they are good, since 1970.
    pub issued_at: u64,
    /// Whether cookies that hold them outlive their browser. The refresh token says so, to what comes after it.
    pub remember: bool,
}

/// An access token and what prolongs it.
#[derive(Debug)]
pub struct TokenPair {
    /// For `Authorization: Bearer …`.
    pub access_token: String,
    /// For the next pair.
    pub refresh_token: String,
}

impl Tokens {
    /// Tokens signed with the present key, each good for its lifetime (whole seconds). Those that one
    /// of the previous keys signed are accepted, too.
    pub fn new(settings: &Settings) -> Self {
        let key = &settings.signing_key;
        let mut validation = Validation::new(Algorithm::HS256);
        // Times are checked below: without leeway, and `exp` as PyJWT does, to the second itself.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.required_spec_claims.clear();
        let previous = settings.previous_keys.iter();
        Self {
            signing: EncodingKey::from_secret(key.as_bytes()),
            checking: DecodingKey::from_secret(key.as_bytes()),
            previous: previous.map(|key| DecodingKey::from_secret(key.as_bytes())).collect(),
            validation,
            lifetime: settings.access_token_lifetime,
            refresh_lifetime: settings.refresh_token_lifetime,
            successors: Successors::new(key),
        }
    }

    /// How long an access token is good for.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// How long a refresh token is good for.
    pub fn refresh_lifetime(&self) -> Duration {
        self.refresh_lifetime
    }

    /// An access token for a user that belongs to no session, as if made in this second (since 1970): that in
    /// which it was asked for. What is revoked between the question and the answer refuses it, too.
    ///
    /// # Errors
    /// When the claims cannot be signed, which the library does not rule out.
    pub fn issue(&self, user: UserId, asked_at: u64) -> Result<String, jsonwebtoken::errors::Error> {
        let (jti, csrf) = (Uuid::new_v4(), Uuid::new_v4());
        self.sign(Claims::new(Kind::Access, user, jti, csrf, asked_at, self.lifetime))
    }

    /// The tokens of a session.
    ///
    /// # Errors
    /// As [`Tokens::issue`].
    pub fn issue_pair(&self, grant: &Grant) -> Result<TokenPair, jsonwebtoken::errors::Error> {
        let Grant { user, session, csrf, refresh_jti, issued_at, remember } = *grant;
        let claims =
            |kind, jti, lifetime| Claims::new(kind, user, jti, csrf, issued_at, lifetime).of_session(session);
        let access_jti = self.successors.access_beside(refresh_jti);
        let refresh = claims(Kind::Refresh, refresh_jti, self.refresh_lifetime).remembered(remember);
        Ok(TokenPair {
            access_token: self.sign(claims(Kind::Access, access_jti, self.lifetime))?,
            refresh_token: self.sign(refresh)?,
        })
    }

    /// What the access token of a grant says, for who has just been granted it: another instance's clock may be
    /// a little ahead.
    pub fn access_of(&self, grant: &Grant) -> Verified {
        Verified {
            user: grant.user,
            jti: Some(self.successors.access_beside(grant.refresh_jti).to_string()),
            csrf: Some(grant.csrf),
            session: Some(grant.session),
            issued_at: grant.issued_at,
            remember: false,
        }
    }

    /// The `jti` of the refresh token that takes this one's place: always the same one.
    pub fn successor(&self, refresh_jti: Uuid) -> Uuid {
        self.successors.refresh_after(refresh_jti)
    }

    /// What an access token says. Whether its user still exists is the database's to say.
    ///
    /// # Errors
    /// A `Refusal`, for the client.
    pub fn verify(&self, token: &str) -> Result<Verified, Refusal> {
        self.verify_kind(token, Kind::Access)
    }

    /// What a refresh token says.
    ///
    /// # Errors
    /// A `Refusal`, for the client.
    pub fn verify_refresh(&self, token: &str) -> Result<Verified, Refusal> {
        self.verify_kind(token, Kind::Refresh)
    }

    fn verify_kind(&self, token: &str, kind: Kind) -> Result<Verified, Refusal> {
        let claims = self.decode(token).ok_or(Refusal::Invalid)?;
        let now = now().as_secs_f64();
        if claims.exp <= now.floor() {
            return Err(Refusal::Expired);
        }
        if claims.nbf.is_some_and(|nbf| nbf > now) {
            return Err(Refusal::NotYetValid);
        }
        if claims.kind != kind.name() {
            return Err(Refusal::NotOf(kind));
        }
        let user = positive_integer(&claims.sub).map(UserId).ok_or(Refusal::Invalid)?;
        Ok(Verified {
            user,
            jti: text(claims.jti.as_ref()).map(str::to_owned),
            csrf: text(claims.csrf.as_ref()).and_then(|csrf| csrf.parse().ok()),
            session: text(claims.sid.as_ref()).and_then(|session| session.parse().ok()),
            // Without one, as old as can be.
            issued_at: claims.iat.map_or(0, |iat| iat.max(0.0) as u64),
            remember: claims.remember == Some(Value::Bool(true)),
        })
    }

    fn sign(&self, claims: Claims) -> Result<String, jsonwebtoken::errors::Error> {
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
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

/// The time since 1970, by this instance's clock.
pub fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is past 1970")
}

#[cfg(test)]
mod tests;
