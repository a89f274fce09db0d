use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often the log is told of what goes on for long.
const REMIND: Duration = Duration::from_secs(60);

/// Tells, each minute, what has been under way for longer than that. On a thread of its own: the one
/// that works may hang in a call that is never answered.
pub struct Reminder {
    under_way: Arc<Mutex<UnderWay>>,
    /// Dropped with this, which ends the thread.
    _working: Sender<()>,
}

struct UnderWay {
    what: String,
    since: Instant,
}

impl Reminder {
    /// Tells the log. `what` is under way first.
    pub fn of_log(what: &str) -> Self {
        Self::new(what, REMIND, |what, taken| tracing::warn!("for {} s now: {what}", taken.as_secs()))
    }

    fn new(what: &str, every: Duration, tell: impl Fn(&str, Duration) + Send + 'static) -> Self {
        let under_way = Arc::new(Mutex::new(UnderWay { what: what.into(), since: Instant::now() }));
        let (working, is_working) = channel();
        let seen = Arc::clone(&under_way);
        let remind = move || {
            while is_working.recv_timeout(every) == Err(RecvTimeoutError::Timeout) {
                let UnderWay { what, since } = &*seen.lock().unwrap_or_else(PoisonError::into_inner);
                if since.elapsed() >= every {
                    tell(what, since.elapsed());
                }
            }
        };
        if let Err(error) = thread::Builder::new().name("migration-reminder".into()).spawn(remind) {
            tracing::warn!("the log will not be told how long a migration takes: {error}");
        }
        Self { under_way, _working: working }
    }

    /// Says what is under way from now on.
    pub fn note(&self, what: impl Into<String>) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        *under_way = UnderWay { what: what.into(), since: Instant::now() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_told_again_and_again_until_something_else_is_under_way() {
        let (told, tells) = channel();
        let reminder = Reminder::new("step 1", Duration::from_millis(2), move |what, taken| {
            told.send((what.to_owned(), taken)).unwrap();
        });
        let lines: Vec<_> = tells.iter().take(3).collect();
        assert!(lines.iter().all(|(what, _)| what == "step 1"), "{lines:?}");
        assert!(lines.windows(2).all(|pair| pair[0].1 < pair[1].1), "{lines:?}");
        reminder.note("step 2");
        assert!(tells.iter().any(|(what, _)| what == "step 2"));
        drop(reminder);
        // The thread ends, and with it what it tells.
        assert!(tells.iter().all(|(what, _)| what == "step 2"));
    }

    #[test]
    fn what_is_soon_over_is_not_told() {
        let (told, tells) = channel();
        let reminder = Reminder::new("long", Duration::from_secs(3600), move |what, _| {
            told.send(what.to_owned()).unwrap();
        });
        reminder.note("short");
        drop(reminder);
        assert_eq!(tells.iter().count(), 0);
    }
}
