use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::auth::token::Verified;

/// How long a name is kept after it has expired.
const KEPT: TimeDelta = TimeDelta::minutes(5);

/// What is revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation(String);

impl Revocation {
    /// Of all tokens of a session.
    pub fn of_session(session: Uuid) -> Self {
        Self(session.to_string())
    }

    /// Of one token, by its `jti`; none where it has no name to revoke it by.
    pub fn of_token(token: &Verified) -> Option<Self> {
        let jti = token.jti.as_deref()?;
        Some(Self(match jti.parse::<Uuid>() {
            Ok(jti) => jti.to_string(),
            Err(_) => hex(&Sha256::digest(jti)),
        }))
    }

    /// What the database knows it by: at most 64 bytes.
    pub fn subject(&self) -> &str {
        &self.0
    }
}

/// The names of what is revoked, in 20 bytes each: a UUID, and when it may be forgotten, in seconds since
/// 1970.
#[derive(Default)]
pub struct Revoked(HashMap<u128, u32>);

impl Revoked {
    /// Whether a token, or its session, is among them.
    pub fn names(&self, token: &Verified) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let has = |name: u128| self.0.contains_key(&name);
        token.session.is_some_and(|session| has(session.as_u128()))
            || token.jti.as_deref().is_some_and(|jti| has(name_of_jti(jti)))
    }

    /// Adds what the database knows by this name.
    pub fn add(&mut self, subject: &str, expires_at: DateTime<Utc>) {
        let kept = (expires_at.timestamp()).saturating_add(KEPT.num_seconds());
        let kept = u32::try_from(kept.max(0)).unwrap_or(u32::MAX);
        self.0.insert(name(subject), kept);
    }

    /// Forgets what had expired by then, in seconds since 1970.
    pub fn forget(&mut self, now: u64) {
        self.0.retain(|_, kept| u64::from(*kept) > now);
    }
}

fn name_of_jti(jti: &str) -> u128 {
    jti.parse::<Uuid>().map_or_else(|_| first_half(&Sha256::digest(jti)), |jti| jti.as_u128())
}

/// Of a subject: a UUID, or the SHA-256 of what is none.
fn name(subject: &str) -> u128 {
    match subject.parse::<Uuid>() {
        Ok(uuid) => uuid.as_u128(),
        Err(_) => subject.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok()).unwrap_or_default(),
    }
}

fn first_half(digest: &[u8]) -> u128 {
    digest.iter().take(16).fold(0, |name, byte| name << 8 | u128::from(*byte))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::UserId;

    fn token(jti: Option<&str>, session: Option<Uuid>) -> Verified {
        Verified { user: UserId(1), jti: jti.map(str::to_owned), csrf: None, session, remember: false }
    }

    #[test]
    fn a_token_is_refused_by_its_own_name_or_by_its_sessions() {
        let (jti, session) = (Uuid::new_v4(), Uuid::new_v4());
        let odd = token(Some("no UUID, of any length at all, and in no need of being one"), None);
        let plain = token(Some(&jti.to_string()), None);
        for (revoked, refused) in [
            (Revocation::of_session(session), token(Some("x"), Some(session))),
            (Revocation::of_token(&plain).unwrap(), plain.clone()),
            (Revocation::of_token(&odd).unwrap(), odd.clone()),
        ] {
            let mut known = Revoked::default();
            known.add(revoked.subject(), Utc::now());
            assert!(revoked.subject().len() <= 64 && known.names(&refused), "{revoked:?}");
            assert!(
                !known.names(&token(Some("y"), Some(Uuid::new_v4()))) && !known.names(&token(None, None))
            );
        }
        assert_eq!(Revocation::of_token(&token(None, None)), None);
    }

    #[test]
    fn what_has_expired_is_forgotten() {
        let (mut known, session, now) = (Revoked::default(), Uuid::new_v4(), Utc::now());
        known.add(Revocation::of_session(session).subject(), now);
        let seconds = now.timestamp().unsigned_abs();
        known.forget(seconds + 299);
        assert!(known.names(&token(None, Some(session))));
        known.forget(seconds + 300);
        assert!(!known.names(&token(None, Some(session))));
    }
}
