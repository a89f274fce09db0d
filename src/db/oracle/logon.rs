use std::sync::mpsc::{RecvTimeoutError, SendError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::error::OracleError;
use super::gate::Gate;

/// Opens sessions on threads of their own, which are left behind if the database does not answer.
///
/// Nothing of Oracle Net bounds a logon as a whole: its timeouts end with the connection to the
/// database, before the authentication. A call that does not return cannot be ended either.
pub struct Logons<S> {
    gate: Arc<Gate>,
    /// How long an attempt is waited for.
    patience: Duration,
    /// How long a session that came late is kept for others.
    offered: Duration,
    late: Arc<Late<S>>,
}

/// Sessions of attempts that were given up and then succeeded after all, for the next who wants one.
struct Late<S> {
    sessions: Mutex<Vec<S>>,
    taken: Condvar,
}

impl<S: Send + 'static> Logons<S> {
    /// Waits so long for each attempt. A pool tries again for each place that it failed to fill, at
    /// least twice in this time, which is why a session that comes late is kept for as long.
    pub fn new(gate: Arc<Gate>, patience: Duration) -> Self {
        let late = Late { sessions: Mutex::default(), taken: Condvar::new() };
        Self { gate, patience, offered: patience, late: Arc::new(late) }
    }

    /// A session: one that came late for somebody else, or one that `open` opens.
    ///
    /// # Errors
    /// What the gate says, what `open` gives, or `Silent` where that takes too long.
    pub fn session<F>(&self, open: F) -> Result<S, OracleError>
    where
        F: FnOnce() -> Result<S, OracleError> + Send + 'static,
    {
        match self.late.take() {
            Some(session) => Ok(session),
            None => self.gate.attempt(|| self.attempt(open)),
        }
    }

    fn attempt<F>(&self, open: F) -> Result<S, OracleError>
    where
        F: FnOnce() -> Result<S, OracleError> + Send + 'static,
    {
        // Without room for what nobody takes: who gives up, gives it back.
        let (answer, answered) = sync_channel(0);
        let (gate, late, offered) = (Arc::clone(&self.gate), Arc::clone(&self.late), self.offered);
        let logon = move || {
            match answer.send(open()) {
                Ok(()) => {}
                Err(SendError(Ok(session))) => {
                    // Before the gate lets somebody open another one.
                    late.offer(session);
                    gate.opened_late();
                    late.close_what_nobody_takes(offered);
                }
                Err(SendError(Err(error))) => gate.failed_late(&error),
            }
        };
        if let Err(error) = thread::Builder::new().name("oracle-logon".into()).spawn(logon) {
            return Err(OracleError::own(&format!("no thread for a logon: {error}")));
        }
        match answered.recv_timeout(self.patience) {
            Ok(opened) => opened,
            Err(RecvTimeoutError::Timeout) => Err(OracleError::unanswered(self.patience)),
            Err(RecvTimeoutError::Disconnected) => Err(OracleError::own("a logon has panicked")),
        }
    }
}

impl<S> Late<S> {
    fn take(&self) -> Option<S> {
        let session = self.sessions().pop();
        self.taken.notify_all();
        session
    }

    fn offer(&self, session: S) {
        self.sessions().push(session);
    }

    /// Closes as many sessions as were offered by the caller, one, unless all have been taken in this
    /// time.
    fn close_what_nobody_takes(&self, offered: Duration) {
        let (mut sessions, _) = self
            .taken
            .wait_timeout_while(self.sessions(), offered, |sessions| !sessions.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        let left = sessions.pop();
        // Closing is a round trip.
        drop(sessions);
        drop(left);
    }

    /// Held where nothing can panic.
    fn sessions(&self) -> MutexGuard<'_, Vec<S>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Instant;

    use super::super::error::Class;
    use super::*;

    const SOON: Duration = Duration::from_millis(20);
    const LATE: Duration = Duration::from_secs(20);

    /// A session that tells when it is closed.
    struct Open(&'static str, std::sync::mpsc::Sender<&'static str>);

    impl Drop for Open {
        fn drop(&mut self) {
            let _ = self.1.send(self.0);
        }
    }

    #[test]
    fn a_logon_that_is_not_answered_is_given_up_and_what_it_brings_is_used() {
        let (gate, (closed, is_closed)) = (Arc::new(Gate::default()), channel());
        let logons = Logons { offered: LATE, ..Logons::new(Arc::clone(&gate), SOON) };
        let (answer, answered) = channel();
        let session = Open("late", closed);
        let hangs = move || {
            let () = answered.recv().unwrap();
            Ok(session)
        };
        let Err(error) = logons.session(hangs) else { panic!("it was waited for") };
        assert_eq!((error.class, error.to_string().contains("20ms")), (Class::Silent, true), "{error}");
        // The others are told at once.
        assert_eq!(logons.session(|| unreachable!()).err().unwrap().class, Class::Silent);
        answer.send(()).unwrap();
        let patience = Instant::now() + LATE;
        let session = loop {
            assert!(Instant::now() < patience);
            if let Ok(session) = logons.session(|| Err(OracleError::own("it is not there yet"))) {
                break session;
            }
        };
        assert_eq!((session.0, is_closed.try_recv().is_err()), ("late", true));
        assert!(gate.failure().is_none());
    }

    #[test]
    fn what_comes_late_and_is_not_wanted_is_closed() {
        let (closed, is_closed) = channel();
        let late = Late { sessions: Mutex::default(), taken: Condvar::new() };
        late.offer(Open("first", closed.clone()));
        late.close_what_nobody_takes(SOON);
        assert_eq!(is_closed.try_recv(), Ok("first"));
        thread::scope(|scope| {
            late.offer(Open("second", closed));
            let waits = scope.spawn(|| late.close_what_nobody_takes(LATE));
            let taken = late.take().unwrap();
            waits.join().unwrap();
            assert_eq!((taken.0, is_closed.try_recv().is_err()), ("second", true));
        });
    }

    #[test]
    fn a_logon_that_panics_is_an_error() {
        let logons = Logons::<()>::new(Arc::default(), LATE);
        assert!(logons.session(|| panic!("of the test")).unwrap_err().to_string().contains("panicked"));
    }
}
