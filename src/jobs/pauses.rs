//! How long to wait for what. A `share` is a random number from 0 to 1, so that instances which did
//! something together do not do the next thing together.

use std::time::Duration;

use chrono::TimeDelta;

/// The pause after a first failure; each further one in a row doubles it, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(60);
const LONGEST_PAUSE: Duration = Duration::from_secs(6 * 3600);

/// Where nothing is due for long, somebody who moves a job forward is still noticed after so many
/// times the shortest time between two looks.
const SHORTEST_LOOKS: u32 = 10;

/// The longest rest between two batches.
const LONGEST_REST: Duration = Duration::from_secs(1);

/// How long a job rests after so many failures in a row: between half of the pause and all of it.
pub fn after_failures(failures: i64, share: f64) -> Duration {
    let doublings = u32::try_from(failures.saturating_sub(1).max(0)).unwrap_or(u32::MAX);
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(doublings));
    doubled.min(LONGEST_PAUSE).mul_f64(0.5 + share / 2.0)
}

/// How long to wait before the next look at the jobs, one of which will be due after `next`: no less
/// than the shortest time between two looks, and up to a quarter more than need be.
pub fn before_look(shortest: Duration, next: Option<TimeDelta>, share: f64) -> Duration {
    let next = next.map_or(shortest, |next| next.to_std().unwrap_or_default());
    let wait = next.clamp(shortest, shortest.saturating_mul(SHORTEST_LOOKS));
    wait + wait.mul_f64(share / 4.0)
}

/// How long the database rests after a batch that took so long: as long, so that a job has one
/// connection for no more than half of the time.
pub fn after_batch(took: Duration) -> Duration {
    took.min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn pauses_double_from_a_minute_to_six_hours() {
        let pauses = [1, 2, 3, 9, 10, 100, i64::MAX].map(|failures| after_failures(failures, 1.0).as_secs());
        assert_eq!(pauses, [60, 120, 240, 15_360, 21_600, 21_600, 21_600]);
        assert_eq!(after_failures(2, 0.0).as_secs(), 60);
    }

    #[test]
    fn the_next_look_is_when_something_is_due_within_a_minute_and_ten() {
        let wait = |seconds| before_look(MINUTE, Some(TimeDelta::seconds(seconds)), 0.0).as_secs();
        assert_eq!([-5, 0, 59, 61, 300, 600, 601, 86_400].map(wait), [60, 60, 60, 61, 300, 600, 600, 600]);
        assert_eq!(before_look(MINUTE, None, 0.0), MINUTE);
        assert_eq!(before_look(MINUTE, None, 1.0).as_secs(), 75);
    }

    proptest! {
        #[test]
        fn a_pause_never_leaves_its_bounds(failures in any::<i64>(), share in 0.0..=1.0_f64) {
            let pause = after_failures(failures, share);
            prop_assert!(FIRST_PAUSE / 2 <= pause && pause <= LONGEST_PAUSE, "{pause:?}");
            prop_assert!(after_failures(failures.saturating_add(1), share) >= pause);
        }

        #[test]
        fn looks_are_never_closer_than_the_shortest(
            seconds in 1..100_000_u32,
            next in proptest::option::of(-1_000_000..1_000_000_i64),
            share in 0.0..=1.0_f64,
        ) {
            let shortest = Duration::from_secs(seconds.into());
            let wait = before_look(shortest, next.map(TimeDelta::milliseconds), share);
            prop_assert!(wait >= shortest);
            prop_assert!(wait <= shortest * SHORTEST_LOOKS * 5 / 4);
        }

        #[test]
        fn a_batch_is_followed_by_a_rest_as_long_up_to_a_second(millis in 0..10_000_u64) {
            let rest = after_batch(Duration::from_millis(millis));
            prop_assert_eq!(rest, Duration::from_millis(millis.min(1000)));
        }
    }
}
