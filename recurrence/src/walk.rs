use crate::calendar::{DAY, LAST_DAY, civil, day_number, week_year};
use crate::days::Days;
use crate::landing::Landing;
use crate::masks;
use crate::plan::Plan;
use crate::positions::Positions;
use crate::rule::{Frequency, Rule};
use crate::start::Start;
use crate::times::Times;

/// The instances of a rule as local times, in ascending order: period for period, each one's days with its times.
#[derive(Clone, Debug)]
pub struct Walk<'r> {
    plan: Plan<'r>,
    /// What comes after the present period: its year, the number of its month since year 0 or of its week. Of rules by
    /// days, hours and minutes `landing` has it.
    next: i32,
    landing: Landing,
    /// No instance before this local second is asked for.
    from: i64,
    /// Nor one after this day.
    end: i32,
    days: Days,
    times: Times,
    times_count: u32,
    /// Instances of the period.
    size: u32,
    /// Rank of the next one, before BYSETPOS.
    rank: u32,
    /// A day of the period that was found last: its rank, and its bit.
    day: (u32, u32),
}

impl<'r> Walk<'r> {
    /// All instances from the local second `from` on, to the day `end`, but none before the start, and none after the
    /// year 9999. It begins at the period in which `from` lies, whichever the start is.
    pub fn new(rule: &'r Rule, start: &Start, from: i64, end: i32) -> Self {
        let plan = Plan::new(rule, start);
        let from = from.max(plan.start);
        let end = end.min(LAST_DAY);
        // Beyond the last day there is nothing to look at.
        let day = i32::try_from(from.div_euclid(DAY)).unwrap_or(LAST_DAY).min(LAST_DAY);
        let next = first_period(&plan, day);
        let landing = Landing::new(&plan, day);
        let times = plan.times;
        let mut walk = Self {
            plan,
            next,
            landing,
            from,
            end,
            days: Days::default(),
            times,
            times_count: times.count(),
            size: 0,
            rank: 0,
            day: (0, 0),
        };
        if from > (i64::from(end) + 1) * DAY {
            walk.end = i32::MIN;
        }
        walk
    }

    /// No instance after this day is asked for.
    pub fn end_by(&mut self, end: i32) {
        self.end = self.end.min(end);
    }

    /// Goes to the next period that has days; none after the end.
    fn advance(&mut self) -> bool {
        loop {
            let (days, has_more) = match self.plan.rule.frequency {
                Frequency::Yearly => self.year(),
                Frequency::Monthly => self.month(),
                Frequency::Weekly => self.week(),
                Frequency::Daily | Frequency::Hourly | Frequency::Minutely => {
                    let Some((day, times)) = self.landing.next(&self.plan, self.end) else { return false };
                    self.times = times;
                    self.times_count = times.count();
                    (Days::short(day, 1), true)
                }
            };
            if !has_more || days.first > self.end {
                return false;
            }
            self.days = days;
            if self.plan.rule.by_position.is_empty() {
                let from = self.from.div_euclid(DAY);
                self.days.remove_before(i32::try_from(from).unwrap_or(i32::MAX));
            }
            self.size = self.days.count() * self.times_count;
            if self.size > 0 {
                self.rank = 0;
                self.day = (u32::MAX, 0);
                return true;
            }
        }
    }

    fn step(&mut self) -> i32 {
        let here = self.next;
        self.next = here.saturating_add(self.plan.rule.interval.cast_signed());
        here
    }

    fn year(&mut self) -> (Days, bool) {
        let year = self.step();
        if year > 10_000 {
            return (Days::default(), false);
        }
        let by_week = self.plan.rule.by_week | self.plan.rule.by_week_back != 0;
        (if by_week { masks::weeks(&self.plan, year) } else { masks::year(&self.plan, year) }, true)
    }

    fn month(&mut self) -> (Days, bool) {
        let number = self.step();
        let (year, month) = (number.div_euclid(12), number.rem_euclid(12).cast_unsigned() + 1);
        if year > 9999 {
            return (Days::default(), false);
        }
        let first = day_number(year, month, 1);
        (Days::short(first, masks::month(&self.plan, first, year, month, true)), true)
    }

    fn week(&mut self) -> (Days, bool) {
        let number = self.step();
        if number > LAST_DAY / 7 + 1 {
            return (Days::default(), false);
        }
        let week_start = u32::from(self.plan.rule.week_start);
        let first = masks::week_first(number, week_start);
        let weekdays = masks::turned(self.plan.weekdays, week_start);
        (Days::short(first, masks::week(&self.plan, first, weekdays)), true)
    }

    /// The local second of an instance of the present period.
    #[inline]
    fn at(&mut self, rank: u32) -> Option<i64> {
        let (day_rank, time_rank) = if self.times_count == 1 {
            (rank, 0)
        } else {
            (rank / self.times_count, rank % self.times_count)
        };
        if self.day.0 != day_rank {
            let bit = if day_rank == self.day.0.wrapping_add(1) {
                self.days.next(if day_rank == 0 { 0 } else { self.day.1 + 1 })
            } else {
                self.days.nth(day_rank)
            };
            self.day = (day_rank, bit?);
        }
        let day = self.days.first + self.day.1.cast_signed();
        (day <= self.end).then(|| i64::from(day) * DAY + self.times.nth(time_rank))
    }
}

impl Iterator for Walk<'_> {
    type Item = i64;

    #[inline]
    fn next(&mut self) -> Option<i64> {
        loop {
            match Positions(&self.plan.rule.by_position).next(self.rank, self.size) {
                Some(rank) => {
                    self.rank = rank + 1;
                    let local = self.at(rank)?;
                    if local >= self.from {
                        return Some(local);
                    }
                }
                None if self.advance() => {}
                None => return None,
            }
        }
    }
}

/// The first period of the rule that ends on this day or after it, in the steps that INTERVAL makes from the start's.
fn first_period(plan: &Plan<'_>, day: i32) -> i32 {
    let rule = plan.rule;
    let period = |day| match rule.frequency {
        Frequency::Yearly if rule.by_week | rule.by_week_back != 0 => week_year(day, rule.week_start.into()),
        Frequency::Yearly => civil(day).0,
        Frequency::Monthly => {
            let (year, month, _) = civil(day);
            year * 12 + month.cast_signed() - 1
        }
        Frequency::Weekly => masks::week_number(day, rule.week_start.into()),
        Frequency::Daily | Frequency::Hourly | Frequency::Minutely => 0,
    };
    let base = period(plan.start_day());
    let interval = rule.interval.cast_signed();
    // `day` is not before the start's.
    let beyond = (period(day) - base) % interval;
    period(day) + if beyond == 0 { 0 } else { interval - beyond }
}
