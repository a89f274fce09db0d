use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a session may have been idle and still be lent without a ping, which costs a round
/// trip. A session that died meanwhile shows in its first statement, and makes the others suspect.
const TRUSTED_IDLE: Duration = Duration::from_secs(60);

/// What is known of an idle session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It answered lately.
    Trusted,
    /// It was idle for long, or another one has died since it was used: it wants a ping.
    Suspect,
    /// A ping found one dead that had been idle for no longer: what ended that one, a firewall or
    /// a restart, has ended this one, too.
    Lost,
}

/// How far idle sessions are trusted, after what became of others.
#[derive(Default)]
pub struct Trust(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// When a session was last found dead.
    death: Option<Instant>,
    /// When the youngest of those that a ping found dead was last used.
    lost: Option<Instant>,
}

impl Trust {
    /// The standing of a session that the database last answered at this time.
    pub fn standing(&self, used: Instant, now: Instant) -> Standing {
        let known = self.known();
        if known.lost.is_some_and(|lost| used <= lost) {
            Standing::Lost
        } else if now.saturating_duration_since(used) >= TRUSTED_IDLE
            || known.death.is_some_and(|death| used < death)
        {
            Standing::Suspect
        } else {
            Standing::Trusted
        }
    }

    /// Notes that a session died: the others that were idle then may have, too.
    pub fn died(&self, now: Instant) {
        self.known().death = Some(now);
    }

    /// Notes that a ping found a session dead that was last used at this time.
    pub fn lost(&self, used: Instant) {
        let mut known = self.known();
        known.lost = known.lost.max(Some(used));
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_session_is_trusted_for_a_minute() {
        let (trust, used) = (Trust::default(), Instant::now());
        assert_eq!(trust.standing(used, used), Standing::Trusted);
        assert_eq!(trust.standing(used, used + 59 * SECOND), Standing::Trusted);
        assert_eq!(trust.standing(used, used + 60 * SECOND), Standing::Suspect);
    }

    #[test]
    fn a_death_makes_older_sessions_suspect_and_no_newer_ones() {
        let (trust, used) = (Trust::default(), Instant::now());
        trust.died(used + SECOND);
        assert_eq!(trust.standing(used, used + SECOND), Standing::Suspect);
        assert_eq!(trust.standing(used + SECOND, used + SECOND), Standing::Trusted);
    }

    #[test]
    fn what_was_idle_as_long_as_one_that_is_found_dead_is_lost_with_it() {
        let (trust, used) = (Trust::default(), Instant::now());
        let now = used + 600 * SECOND;
        trust.lost(used + SECOND);
        trust.lost(used);
        assert_eq!(trust.standing(used, now), Standing::Lost);
        assert_eq!(trust.standing(used + SECOND, now), Standing::Lost);
        assert_eq!(trust.standing(used + 2 * SECOND, now), Standing::Suspect);
        assert_eq!(trust.standing(now, now), Standing::Trusted);
    }
}
