use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::auth::UserId;
use crate::auth::token::Verified;

/// How long a name is kept after it has expired.
const KEPT: TimeDelta = TimeDelta::minutes(5);

/// What the subject of a user's tokens begins with; behind it are the user and the second.
const OF_USER: &str = "user ";

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

    /// Of all tokens of a user that belong to no session and were made in this second, since 1970, or before.
    pub fn of_user(user: UserId, second: u64) -> Self {
        Self(format!("{OF_USER}{} {second}", user.0))
    }

    /// What the database knows it by: at most 64 bytes.
    pub fn subject(&self) -> &str {
        &self.0
    }
}

/// What is revoked.
#[derive(Default)]
pub struct Revoked {
    /// Sessions and tokens: a UUID, and when it may be forgotten, in seconds since 1970.
    names: HashMap<u128, u32>,
    /// Users' tokens without a session.
    users: HashMap<i64, UpTo>,
}

/// The second up to which a user's tokens are refused, and when that may be forgotten.
struct UpTo {
    second: u64,
    kept: u32,
}

impl Revoked {
    /// Whether a token is among them, or its session, or, where it has none, what its user had then.
    pub fn names(&self, token: &Verified) -> bool {
        let has = |name: u128| self.names.contains_key(&name);
        let of_user = match token.session {
            Some(session) if has(session.as_u128()) => return true,
            Some(_) => None,
            None => self.users.get(&token.user.0),
        };
        of_user.is_some_and(|up_to| token.issued_at <= up_to.second)
            || !self.names.is_empty() && token.jti.as_deref().is_some_and(|jti| has(name_of_jti(jti)))
    }

    /// Adds what the database knows by this name.
    pub fn add(&mut self, subject: &str, expires_at: DateTime<Utc>) {
        let kept = (expires_at.timestamp()).saturating_add(KEPT.num_seconds());
        let kept = u32::try_from(kept.max(0)).unwrap_or(u32::MAX);
        match user(subject) {
            Some((user, second)) => {
                let up_to = self.users.entry(user).or_insert(UpTo { second, kept });
                up_to.second = up_to.second.max(second);
                up_to.kept = up_to.kept.max(kept);
            }
            None => drop(self.names.insert(name(subject), kept)),
        }
    }

    /// Forgets what had expired by then, in seconds since 1970.
    pub fn forget(&mut self, now: u64) {
        self.names.retain(|_, kept| u64::from(*kept) > now);
        self.users.retain(|_, up_to| u64::from(up_to.kept) > now);
    }
}

/// Of the subject of a user's tokens: the user, and the second.
fn user(subject: &str) -> Option<(i64, u64)> {
    let (user, second) = subject.strip_prefix(OF_USER)?.split_once(' ')?;
    user.parse().ok().zip(second.parse().ok())
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
        Verified {
            user: UserId(1),
            jti: jti.map(str::to_owned),
            csrf: None,
            session,
            issued_at: 1000,
            remember: false,
        }
    }

    #[test]
    fn a_users_tokens_without_a_session_are_refused_up_to_a_second() {
        let mut known = Revoked::default();
        let issued = |user, issued_at| Verified { user: UserId(user), issued_at, ..token(None, None) };
        for second in [1000, 999] {
            let revoked = Revocation::of_user(UserId(i64::MAX), second);
            assert!(revoked.subject().len() <= 64, "{revoked:?}");
            known.add(revoked.subject(), Utc::now());
        }
        assert!(known.names(&issued(i64::MAX, 0)) && known.names(&issued(i64::MAX, 1000)));
        assert!(!known.names(&issued(i64::MAX, 1001)) && !known.names(&issued(1, 1000)));
        let of_a_session = Verified { session: Some(Uuid::new_v4()), ..issued(i64::MAX, 1000) };
        assert!(!known.names(&of_a_session), "a session is ended by its name");
        known.forget(u64::MAX);
        assert!(!known.names(&issued(i64::MAX, 0)));
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
