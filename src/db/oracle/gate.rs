use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::advice::advice;
use super::error::{Class, OracleError};

/// What the process knows of the database's health.
///
/// While opening sessions fails, r2d2 tries again for each place in its pool, and logs each time.
/// The gate lets one attempt through at a time, spaced out, answers the others with the last
/// error, and tells the log once, and then once a minute.
#[derive(Default)]
pub struct Gate {
    /// Held by the one who makes an attempt.
    turn: Mutex<()>,
    failure: Mutex<Option<Failure>>,
    /// When a session was last found dead.
    death: Mutex<Option<Instant>>,
}

struct Failure {
    error: OracleError,
    since: Instant,
    attempts: u32,
    told: Instant,
    delay: Duration,
    next_attempt: Instant,
}

/// The first delay after a failed attempt, and the longest; each is twice the one before.
struct Pace(Duration, Duration);

/// A database that comes back is found within two seconds.
const UNAVAILABLE: Pace = Pace(Duration::from_millis(200), Duration::from_secs(2));

/// Ten wrong passwords in a row lock an account (FAILED_LOGIN_ATTEMPTS of Oracle's DEFAULT
/// profile): at this pace the tenth comes after half an hour. Yet ORA-01017 can pass by itself,
/// while a new container is still making its account.
const REFUSED: Pace = Pace(Duration::from_secs(5), Duration::from_secs(600));

const REMIND: Duration = Duration::from_secs(60);

impl Gate {
    /// Opens a session, if it is time for an attempt.
    ///
    /// # Errors
    /// The attempt's error; the last one's, while it is too early for another.
    pub fn attempt<S>(&self, open: impl FnOnce() -> Result<S, OracleError>) -> Result<S, OracleError> {
        let _turn = lock(&self.turn);
        if let Some(failure) = lock(&self.failure).as_ref().filter(|f| Instant::now() < f.next_attempt) {
            return Err(failure.error.clone());
        }
        let opened = open();
        match &opened {
            Ok(_) => self.opened(),
            Err(error) => self.failed(error),
        }
        opened
    }

    /// The error that keeps sessions from being opened, if one does.
    pub fn failure(&self) -> Option<OracleError> {
        lock(&self.failure).as_ref().map(|failure| failure.error.clone())
    }

    /// Notes that a session died: the others that were idle then may have, too.
    pub fn session_died(&self) {
        *lock(&self.death) = Some(Instant::now());
    }

    /// Whether a session last used at this time wants a ping before it is lent.
    pub fn suspects(&self, used: Instant) -> bool {
        lock(&self.death).is_some_and(|death| used < death)
    }

    fn opened(&self) {
        if let Some(failure) = lock(&self.failure).take() {
            let (seconds, attempts) = (failure.since.elapsed().as_secs(), failure.attempts);
            tracing::info!("Oracle can be reached again, after {seconds} s and {attempts} failed attempts");
        }
    }

    fn failed(&self, error: &OracleError) {
        let now = Instant::now();
        let pace = match error.class {
            Class::Configuration => REFUSED,
            _ => UNAVAILABLE,
        };
        let mut state = lock(&self.failure);
        let delay = match &*state {
            Some(last) if last.error.code == error.code => (last.delay * 2).min(pace.1),
            _ => pace.0,
        };
        let failure = state.get_or_insert_with(|| Failure {
            error: error.clone(),
            since: now,
            attempts: 0,
            told: now - REMIND,
            delay,
            next_attempt: now,
        });
        let news = failure.attempts == 0 || failure.error.code != error.code;
        let wait = if news { UNAVAILABLE.1 } else { REMIND };
        if now - failure.told >= wait {
            failure.told = now;
            let advice = advice(error.code);
            tracing::error!(
                "no session to Oracle: {error}. {advice} Next attempt in {} s",
                delay.as_secs_f32()
            );
        }
        failure.error = error.clone();
        failure.attempts += 1;
        failure.delay = delay;
        failure.next_attempt = now + delay;
    }
}

/// None of these locks is held while something can panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    fn refused() -> OracleError {
        OracleError::from(oracle::Error::new(oracle::ErrorKind::Other, "no"))
    }

    #[test]
    fn after_a_failure_the_next_attempt_waits_and_gets_the_same_error() {
        let gate = Gate::default();
        let mut attempts = 0;
        for _ in 0..10 {
            let result: Result<(), _> = gate.attempt(|| {
                attempts += 1;
                Err(refused())
            });
            assert!(result.is_err());
        }
        assert_eq!(attempts, 1);
        assert!(gate.failure().is_some());
    }

    #[test]
    fn of_many_at_once_one_makes_an_attempt() {
        let (gate, attempts) = (Gate::default(), AtomicUsize::new(0));
        let open = || -> Result<(), _> {
            attempts.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(20));
            Err(refused())
        };
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert!(gate.attempt(open).is_err()));
            }
        });
        assert_eq!(attempts.into_inner(), 1);
    }

    #[test]
    fn delays_double_up_to_the_longest_and_end_with_a_success() {
        let gate = Gate::default();
        let delays: Vec<_> = (0..6)
            .map(|_| {
                gate.failed(&refused());
                lock(&gate.failure).as_ref().unwrap().delay.as_millis()
            })
            .collect();
        assert_eq!(delays, [200, 400, 800, 1600, 2000, 2000]);
        gate.opened();
        assert!(gate.failure().is_none());
    }

    #[test]
    fn a_death_makes_older_sessions_suspect_and_no_newer_ones() {
        let gate = Gate::default();
        let before = Instant::now();
        assert!(!gate.suspects(before));
        gate.session_died();
        assert!(gate.suspects(before));
        assert!(!gate.suspects(Instant::now()));
    }
}
