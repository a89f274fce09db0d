use std::time::Duration;

use super::error::Class;

/// How long to wait after failed attempts to open a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pace {
    /// The pause after the first failure of a row.
    first: Duration,
    /// Each pause is so many times the one before …
    factor: u32,
    /// … up to this.
    longest: Duration,
}

/// For who comes too early. r2d2 comes by itself after 0.4, 0.8, 1.6 and then each 2 s, which finds a
/// database that comes back within two seconds. Where the pool's timeout is below 4 s, r2d2 comes each
/// half of that at most, and the first of its tries after two seconds is let through: at 3 s, that is
/// the third second.
const UNAVAILABLE: Pace = Pace::new(Duration::from_millis(200), 2, Duration::from_secs(2));

/// An attempt that is not answered leaves a thread and a connection behind, for as long as the
/// network lets it wait. With the 5 s that an attempt has by itself, these pauses make 19 of them
/// in the first hour and 12 in each further one; a silence is noticed to be over within about as
/// long as it lasted.
const SILENT: Pace = Pace::new(Duration::from_secs(1), 2, Duration::from_secs(300));

/// A file that was mended is found within a minute.
const CONFIGURATION: Pace = Pace::new(Duration::from_secs(5), 2, Duration::from_secs(60));

/// Ten refusals in a row lock an account (FAILED_LOGIN_ATTEMPTS of Oracle's DEFAULT profile),
/// counted over all instances, for ever, until somebody logs on.
///
/// An instance tries at the start and after 1, 5 and 21 minutes at the earliest, and then once an hour.
/// Up to four instances together are refused no more than eight times in their first five minutes;
/// alone, one is refused ten times in about seven hours.
const REFUSED: Pace = Pace::new(Duration::from_secs(60), 4, Duration::from_secs(3600));

/// The first pause of a process that has never had a session, instead of `REFUSED`'s minute. A
/// container's database makes its account seconds after it begins to answer. The pause after this one
/// is as much longer, so that it moves the second try alone.
const NEVER_LOGGED_ON: Duration = Duration::from_secs(15);

impl Pace {
    const fn new(first: Duration, factor: u32, longest: Duration) -> Self {
        Self { first, factor, longest }
    }

    /// The pause after so many failures in a row, of which there is at least one.
    fn after(self, failures: u32) -> Duration {
        let times = self.factor.saturating_pow(failures.saturating_sub(1));
        self.first.saturating_mul(times).min(self.longest)
    }
}

/// The pause after the latest of so many failures of this class in a row. Refused instances would
/// all come back together: each waits up to half as long again.
pub fn pause(class: Class, failures: u32, logged_on_before: bool) -> Duration {
    match class {
        Class::Refused => refused(failures, logged_on_before).mul_f64(rand::random_range(1.0..1.5)),
        Class::Configuration => CONFIGURATION.after(failures),
        Class::Silent => SILENT.after(failures),
        _ => UNAVAILABLE.after(failures),
    }
}

/// The pause after so many refusals, before it is made longer by lot.
fn refused(failures: u32, logged_on_before: bool) -> Duration {
    match (failures, logged_on_before) {
        (1, false) => NEVER_LOGGED_ON,
        (2, false) => REFUSED.after(1) + REFUSED.after(2) - NEVER_LOGGED_ON,
        _ => REFUSED.after(failures),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses<const N: usize>(pace: Pace) -> [f32; N] {
        std::array::from_fn(|failure| pace.after(failure as u32 + 1).as_secs_f32())
    }

    /// The seconds after the first attempt at which the others come, where each takes so long.
    fn attempts(pace: Pace, each: u64) -> impl Iterator<Item = u64> {
        let next = move |at: &mut u64, failures| {
            let now = *at;
            *at += each + pace.after(failures).as_secs();
            Some(now)
        };
        (1..).scan(0, next)
    }

    #[test]
    fn pauses_grow_up_to_the_longest() {
        assert_eq!(pauses(UNAVAILABLE), [0.2, 0.4, 0.8, 1.6, 2.0, 2.0]);
        assert_eq!(pauses(SILENT), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 300.0, 300.0]);
        assert_eq!(pauses(CONFIGURATION), [5.0, 10.0, 20.0, 40.0, 60.0, 60.0]);
        assert_eq!(pauses(REFUSED), [60.0, 240.0, 960.0, 3600.0, 3600.0]);
        assert_eq!(REFUSED.after(u32::MAX), REFUSED.longest);
    }

    const FIVE_MINUTES: Duration = Duration::from_secs(300);

    /// Many times over, because each pause is drawn by lot. The shortest are those of no lot at all.
    #[test]
    fn up_to_four_instances_are_refused_eight_times_in_five_minutes_whether_they_have_logged_on_or_not() {
        for logged_on_before in [true, false] {
            let refusals = || {
                let next = |at: &mut Duration, failures| {
                    *at += pause(Class::Refused, failures, logged_on_before);
                    Some(*at)
                };
                1 + (1..).scan(Duration::ZERO, next).take_while(|at| *at < FIVE_MINUTES).count()
            };
            for _ in 0..1000 {
                assert_eq!((0..4).map(|_| refusals()).sum::<usize>(), 8);
            }
            let shortest = (1..=2).map(|failures| refused(failures, logged_on_before)).sum::<Duration>();
            assert_eq!(shortest, FIVE_MINUTES, "the third try");
        }
        assert!((6 * 3600..8 * 3600).contains(&attempts(REFUSED, 0).nth(9).unwrap()));
    }

    #[test]
    fn silence_leaves_19_attempts_behind_in_the_first_hour_and_12_in_each_further_one() {
        let within = |hours: u64| attempts(SILENT, 5).take_while(|at| *at < hours * 3600).count();
        assert_eq!((within(1), within(2) - within(1), within(24) - within(23)), (19, 12, 12));
    }

    #[test]
    fn who_was_refused_comes_back_sooner_only_the_first_time_and_never_together() {
        let seconds = |failures, before| pause(Class::Refused, failures, before).as_secs_f32();
        for _ in 0..100 {
            assert!((15.0..=22.5).contains(&seconds(1, false)));
            assert!((60.0..=90.0).contains(&seconds(1, true)));
            assert!((285.0..=427.5).contains(&seconds(2, false)));
            assert!((240.0..=360.0).contains(&seconds(2, true)));
            assert!((960.0..=1440.0).contains(&seconds(3, false)));
        }
        assert!((0..100).any(|_| seconds(2, true) != seconds(2, true)));
    }
}
