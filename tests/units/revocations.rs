use std::fs;
use std::time::Duration;

use persony::auth::{Revocation, Revocations, UserId, Verified};
use uuid::Uuid;

use super::support::alone;

/// This process's memory, in bytes.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    1024 * line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
}

#[test]
fn a_hundred_thousand_revoked_sessions_are_known_in_less_than_20_mib() {
    alone(|things| {
        let known =
            Revocations::new(things.db.clone(), Duration::from_secs(86400), Duration::from_secs(3600));
        let sessions: Vec<_> = (0..100_000).map(|_| Uuid::new_v4()).collect();
        let before = resident();
        for session in &sessions {
            known.note(&Revocation::of_session(*session), known.expiry());
        }
        let taken = resident().saturating_sub(before);
        assert!(taken < 20 << 20, "{taken}");
        let of = |session| Verified {
            user: UserId(1),
            jti: None,
            csrf: None,
            session: Some(session),
            issued_at: 0,
            remember: false,
        };
        assert!(sessions.iter().all(|session| known.is_revoked(&of(*session))));
        assert!(!known.is_revoked(&of(Uuid::new_v4())));
    });
}
