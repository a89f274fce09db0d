use crate::calendar::{DAY, civil, day_number, month_length, weekday};
use crate::masks;
use crate::plan::Plan;
use crate::positions::Positions;
use crate::rule::Frequency;
use crate::times::Times;

/// A period after all.
const NEVER: i64 = i64::MAX;

/// The periods of rules by days, hours and minutes: every INTERVAL-th one, counted on the local clock from the start,
/// where the day and the time are what the rule wants. It looks at days by the month and at the minutes of just those
/// days that the rule names.
#[derive(Clone, Debug)]
pub struct Landing {
    /// Periods in a day: 1, 24 or 1,440.
    per_day: i64,
    interval: i64,
    /// The next period, counted from 1970-01-01.
    next: i64,
    /// First day, length and named days of the month that was looked at last.
    month: (i32, i32, u32),
}

impl Landing {
    /// The periods from this day on, which must not be before the start's.
    pub fn new(plan: &Plan<'_>, day: i32) -> Self {
        let per_day = match plan.rule.frequency {
            Frequency::Minutely => 1440,
            Frequency::Hourly => 24,
            _ => 1,
        };
        let interval = i64::from(plan.rule.interval);
        let start = plan.start.div_euclid(DAY / per_day);
        let mut landing = Self { per_day, interval, next: start, month: (0, 0, 0) };
        landing.skip_to(i64::from(day) * per_day);
        if plan.rule.frequency < Frequency::Weekly && !landing.can_match(plan) {
            landing.next = NEVER;
        }
        landing
    }

    /// Goes to the first period that is not before this one.
    #[inline]
    fn skip_to(&mut self, period: i64) {
        if period > self.next {
            let beyond = if self.interval == 1 { 0 } else { (period - self.next) % self.interval };
            self.next = period + if beyond == 0 { 0 } else { self.interval - beyond };
        }
    }

    /// Whether the steps ever meet a weekday and a time that the rule wants. All steps leave the same rest when divided
    /// by what INTERVAL and a week have in common: a search that could not end well would take every minute to 9999.
    /// Nor does it end well where BYSETPOS finds nothing: every such period has as many instances.
    fn can_match(&self, plan: &Plan<'_>) -> bool {
        if Positions(&plan.rule.by_position).next(0, self.times(plan, 0).count()).is_none() {
            return false;
        }
        let (hours, minutes) = self.wanted(plan);
        let every_time = hours == 0xff_ffff && minutes == u64::MAX >> 4;
        let common = greatest_common_divisor(self.interval, self.per_day * 7);
        if common == 1 || (every_time && plan.weekdays == 0) {
            return true;
        }
        let days = (4..11).filter(|&day| plan.weekdays == 0 || plan.weekdays >> weekday(day) & 1 == 1);
        let rest = self.next % common;
        let mut times = days.flat_map(|day| {
            (0..self.per_day)
                .filter(move |&time| {
                    let (hour, minute) =
                        if self.per_day == 1440 { (time / 60, time % 60) } else { (time, 0) };
                    hours >> hour & 1 == 1 && minutes >> minute & 1 == 1
                })
                .map(move |time| i64::from(day) * self.per_day + time)
        });
        times.any(|time| (time - rest) % common == 0)
    }

    /// The hours and minutes in which a period may be.
    fn wanted(&self, plan: &Plan<'_>) -> (u32, u64) {
        let all = |bits, all| if bits == 0 { all } else { bits };
        match self.per_day {
            1440 => {
                (all(u64::from(plan.rule.by_hour), 0xff_ffff) as u32, all(plan.rule.by_minute, u64::MAX >> 4))
            }
            24 => (all(u64::from(plan.rule.by_hour), 0xff_ffff) as u32, u64::MAX >> 4),
            _ => (0xff_ffff, u64::MAX >> 4),
        }
    }

    /// The next period that the rule wants, on no later day than `end`: its day, and what its time expands to.
    pub fn next(&mut self, plan: &Plan<'_>, end: i32) -> Option<(i32, Times)> {
        let (hours, minutes) = self.wanted(plan);
        loop {
            if self.next >= (i64::from(end) + 1) * self.per_day {
                return None;
            }
            let day = self.next.div_euclid(self.per_day) as i32;
            let named = self.named_day(plan, day, end)?;
            if named > day {
                self.skip_to(i64::from(named) * self.per_day);
                continue;
            }
            let midnight = i64::from(day) * self.per_day;
            let time = (self.next - midnight) as u32;
            let wanted = match self.per_day {
                1440 => next_minute(hours, minutes, time),
                24 => next_bit(hours.into(), time),
                _ => Some(0),
            };
            if wanted == Some(time) {
                self.next += self.interval;
                return Some((day, self.times(plan, time)));
            }
            self.skip_to(midnight + wanted.map_or(self.per_day, i64::from));
        }
    }

    fn times(&self, plan: &Plan<'_>, time: u32) -> Times {
        match self.per_day {
            1440 => Times { hours: 1 << (time / 60), minutes: 1 << (time % 60), ..plan.times },
            24 => Times { hours: 1 << time, ..plan.times },
            _ => plan.times,
        }
    }

    /// The first day from this one on, up to the end, that the rule names.
    #[inline]
    fn named_day(&mut self, plan: &Plan<'_>, mut day: i32, end: i32) -> Option<i32> {
        if plan.takes_every_day() {
            return Some(day);
        }
        loop {
            if day < self.month.0 || day >= self.month.0 + self.month.1 {
                let (year, month, in_month) = civil(day);
                let first = day - in_month.cast_signed() + 1;
                debug_assert_eq!(first, day_number(year, month, 1));
                let named = masks::month(plan, first, year, month, true);
                self.month = (first, month_length(year, month).cast_signed(), named);
            }
            let (first, length, named) = self.month;
            let rest = named >> (day - first);
            if rest != 0 {
                return Some(day + rest.trailing_zeros().cast_signed());
            }
            day = first + length;
            if day > end {
                return None;
            }
        }
    }
}

/// The first bit from this one on.
fn next_bit(bits: u64, from: u32) -> Option<u32> {
    let rest = bits.checked_shr(from)?;
    (rest != 0).then(|| from + rest.trailing_zeros())
}

/// The first minute of the day, from this one on, of a wanted hour and a wanted minute of it.
fn next_minute(hours: u32, minutes: u64, from: u32) -> Option<u32> {
    let (hour, minute) = (from / 60, from % 60);
    if hours >> hour & 1 == 1
        && let Some(minute) = next_bit(minutes, minute)
    {
        return Some(hour * 60 + minute);
    }
    let hour = next_bit(hours.into(), hour + 1)?;
    Some(hour * 60 + minutes.trailing_zeros())
}

fn greatest_common_divisor(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}
