use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::*;

fn unavailable() -> OracleError {
    OracleError::own("no")
}

fn refused() -> OracleError {
    OracleError::with_code(Code::Ora(1017))
}

/// The time from now to the next attempt.
fn pause_of(gate: &Gate) -> Duration {
    gate.state().failure.as_ref().unwrap().next_attempt.saturating_duration_since(Instant::now())
}

#[test]
fn after_a_failure_the_next_attempt_waits_and_gets_the_same_error() {
    let gate = Gate::default();
    let mut attempts = 0;
    for _ in 0..10 {
        let result: Result<(), _> = gate.attempt(|| {
            attempts += 1;
            Err(unavailable())
        });
        assert!(result.is_err());
    }
    assert_eq!(attempts, 1);
    assert!(gate.failure().is_some());
}

#[test]
fn of_many_at_once_one_makes_an_attempt_until_one_has_succeeded() {
    let (gate, attempts) = (Gate::default(), AtomicUsize::new(0));
    let open = || -> Result<(), _> {
        attempts.fetch_add(1, Ordering::Relaxed);
        thread::park_timeout(Duration::from_millis(20));
        Err(unavailable())
    };
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert!(gate.attempt(open).is_err()));
        }
    });
    assert_eq!(attempts.into_inner(), 1);
}

#[test]
fn while_all_is_well_attempts_go_side_by_side() {
    let gate = Gate::default();
    gate.attempt(|| Ok(())).unwrap();
    let together = Barrier::new(SIDE_BY_SIDE);
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            // Neither ends before the other has begun.
            scope.spawn(|| gate.attempt(|| Ok(together.wait())).unwrap());
        }
    });
    assert_eq!(gate.oldest_attempt(), None);
}

#[test]
fn after_a_death_one_goes_ahead_of_the_others() {
    let gate = Gate::default();
    gate.attempt(|| Ok(())).unwrap();
    gate.session_died();
    let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let refused = || -> Result<(), _> {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        thread::park_timeout(Duration::from_millis(20));
        now.fetch_sub(1, Ordering::SeqCst);
        Err(refused())
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(gate.attempt(refused).is_err()));
        }
    });
    assert_eq!(most.into_inner(), 1);
}

#[test]
fn a_refused_account_is_left_alone_longer_each_time_whatever_else_fails_between() {
    let gate = Gate::default();
    gate.failed(&refused());
    assert!(pause_of(&gate) < Duration::from_secs(23), "this process has never had a session");
    gate.failed(&unavailable());
    assert!(pause_of(&gate) < Duration::from_secs(1));
    gate.failed(&refused());
    assert!(pause_of(&gate) > Duration::from_secs(230), "{:?}", pause_of(&gate));
    gate.opened();
    assert!(gate.failure().is_none());
    gate.failed(&refused());
    assert!((Duration::from_secs(58)..Duration::from_secs(91)).contains(&pause_of(&gate)));
}

/// The third try would else come before the fifth minute is over.
#[test]
fn of_two_refused_side_by_side_the_second_pause_begins_when_the_first_is_over() {
    // Each pause is drawn by lot.
    for _ in 0..100 {
        let gate = Gate::default();
        gate.opened();
        gate.failed(&refused());
        gate.failed(&refused());
        assert!(pause_of(&gate) > Duration::from_secs(298), "{:?}", pause_of(&gate));
    }
}

#[test]
fn a_refusal_that_comes_late_counts_and_a_session_that_does_ends_the_failure() {
    let gate = Gate::default();
    gate.failed(&OracleError::with_code(Code::Unanswered));
    gate.failed_late(&unavailable());
    assert_eq!(gate.failure().unwrap().class, Class::Silent);
    gate.failed_late(&refused());
    assert_eq!(gate.failure().unwrap().class, Class::Refused);
    gate.opened_late();
    assert!(gate.failure().is_none());
}

#[test]
fn each_error_is_told_once_however_often_it_comes_and_again_after_a_recovery() {
    let gate = Gate::default();
    let told = || gate.state().failure.as_ref().unwrap().told.len();
    let (no_listener, no_service) = (Code::Ora(12541), Code::Ora(12514));
    for (code, so_far) in [(no_listener, 1), (no_listener, 1), (no_service, 2), (no_listener, 2)] {
        gate.failed(&OracleError::with_code(code));
        assert_eq!(told(), so_far);
    }
    gate.opened();
    gate.failed(&OracleError::with_code(no_listener));
    assert_eq!(told(), 1);
}

#[test]
fn nobody_goes_through_a_closed_gate() {
    let gate = Gate::default();
    gate.close();
    assert!(gate.attempt(|| Ok(())).is_err());
}
