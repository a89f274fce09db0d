use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::advice::advice;
use super::error::{Class, Code, OracleError};
use super::pace::pause;
use super::trust::Trust;

/// What the process knows of the database's health.
///
/// While nothing is known to be wrong, sessions are opened side by side. While opening them fails,
/// r2d2 tries again for each place in its pool, and logs each time: then the gate lets one attempt
/// through at a time, spaced out, answers the others with the last error, and tells the log once,
/// and then once a minute.
#[derive(Default)]
pub struct Gate {
    state: Mutex<State>,
    /// An attempt has ended.
    ended: Condvar,
    /// What became of sessions that were open.
    pub trust: Trust,
}

#[derive(Default)]
struct State {
    /// When those attempts began that somebody waits for.
    under_way: Vec<Instant>,
    /// Whether the last attempt brought a session, and none has died since.
    well: bool,
    /// Whether any attempt has ever brought a session.
    logged_on_before: bool,
    /// Refusals of the account since an attempt last brought a session.
    refusals: u32,
    /// Requests that went without a session while attempts were under way.
    turned_away: u32,
    failure: Option<Failure>,
    /// The pool is no more.
    closed: bool,
}

struct Failure {
    error: OracleError,
    since: Instant,
    attempts: u32,
    /// Of one class.
    in_a_row: u32,
    /// When the log was last told of each error.
    told: Vec<(Code, Instant)>,
    next_attempt: Instant,
}

/// Attempts at once while all is well. No more: if the password was changed, that many are refused
/// before anybody knows, by each instance.
const SIDE_BY_SIDE: usize = 2;

const REMIND: Duration = Duration::from_secs(60);

impl Gate {
    /// Opens a session, if it is time for an attempt.
    ///
    /// # Errors
    /// The attempt's error; the last one's, while it is too early for another.
    pub fn attempt<S>(&self, open: impl FnOnce() -> Result<S, OracleError>) -> Result<S, OracleError> {
        let place = self.enter()?;
        let opened = open();
        match &opened {
            Ok(_) => self.opened(),
            Err(error) => self.failed(error),
        }
        drop(place);
        opened
    }

    /// Notes that an attempt that nobody waited for any more has brought a session.
    pub fn opened_late(&self) {
        self.opened();
    }

    /// Notes that one has failed. A refusal counts like any other; of other errors the log knows that
    /// the attempt was not answered in time.
    pub fn failed_late(&self, error: &OracleError) {
        match error.class {
            Class::Refused => self.failed(error),
            _ => tracing::debug!("a logon that was given up has failed: {error}"),
        }
    }

    /// The error that keeps sessions from being opened, if one does.
    pub fn failure(&self) -> Option<OracleError> {
        self.state().failure.as_ref().map(|failure| failure.error.clone())
    }

    /// When the oldest attempt under way began.
    pub fn oldest_attempt(&self) -> Option<Instant> {
        self.state().under_way.first().copied()
    }

    /// Notes that a request went without a session, if an attempt to open one is under way: the log
    /// will be told of it together with what becomes of the attempt.
    pub fn turned_away(&self) -> bool {
        let mut state = self.state();
        let under_way = !state.under_way.is_empty();
        state.turned_away += u32::from(under_way);
        under_way
    }

    /// Notes that a session died: the others that were idle then may have, too, and what ended them
    /// may keep new ones from being opened.
    pub fn session_died(&self) {
        self.trust.died(Instant::now());
        self.state().well = false;
    }

    /// Lets nobody through any more.
    pub fn close(&self) {
        self.state().closed = true;
    }

    /// Waits for its turn, which comes when others have ended: each attempt is given up in time.
    fn enter(&self) -> Result<Place<'_>, OracleError> {
        let mut state = self.state();
        loop {
            if state.closed {
                return Err(OracleError::own("the pool is closed"));
            }
            let busy = !state.under_way.is_empty();
            if let Some(failure) = &state.failure
                && (busy || Instant::now() < failure.next_attempt)
            {
                return Err(failure.error.clone());
            }
            if state.under_way.len() < if state.well { SIDE_BY_SIDE } else { 1 } {
                let began = Instant::now();
                state.under_way.push(began);
                return Ok(Place { gate: self, began });
            }
            state = self.ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn opened(&self) {
        let mut state = self.state();
        (state.well, state.logged_on_before, state.refusals) = (true, true, 0);
        let turned_away = std::mem::take(&mut state.turned_away);
        if let Some(failure) = state.failure.take() {
            let (seconds, attempts) = (failure.since.elapsed().as_secs(), failure.attempts);
            tracing::info!("Oracle can be reached again, after {seconds} s and {attempts} failed attempts");
        } else if turned_away > 0 {
            tracing::warn!("a logon to Oracle took longer than {turned_away} requests could wait for it");
        }
    }

    fn failed(&self, error: &OracleError) {
        let now = Instant::now();
        let mut state = self.state();
        (state.well, state.turned_away) = (false, 0);
        state.refusals += u32::from(error.class == Class::Refused);
        let (refusals, logged_on_before) = (state.refusals, state.logged_on_before);
        let failure = state.failure.get_or_insert_with(|| Failure {
            error: error.clone(),
            since: now,
            attempts: 0,
            in_a_row: 0,
            told: Vec::new(),
            next_attempt: now,
        });
        failure.in_a_row = if failure.error.class == error.class { failure.in_a_row + 1 } else { 1 };
        let in_a_row = if error.class == Class::Refused { refusals } else { failure.in_a_row };
        // A refusal that comes before its time was asked for beside another: its pause goes on from there.
        let from = match (failure.error.class, error.class) {
            (Class::Refused, Class::Refused) => failure.next_attempt.max(now),
            _ => now,
        };
        failure.error = error.clone();
        failure.attempts += 1;
        failure.next_attempt = from + pause(error.class, in_a_row, logged_on_before);
        failure.told.retain(|(_, when)| now - *when < REMIND);
        if !failure.told.iter().any(|(code, _)| *code == error.code) {
            failure.told.push((error.code, now));
            let advice = advice(error.code);
            let pause = (failure.next_attempt - now).as_secs_f32();
            let pause = (pause * 10.0).round() / 10.0;
            tracing::error!("no session to Oracle: {error}. {advice} Next attempt in {pause} s");
        }
    }

    /// Held where nothing can panic.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to make an attempt.
struct Place<'a> {
    gate: &'a Gate,
    began: Instant,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        if let Some(mine) = state.under_way.iter().position(|began| *began == self.began) {
            state.under_way.remove(mine);
        }
        self.gate.ended.notify_all();
    }
}

#[cfg(test)]
mod tests;
