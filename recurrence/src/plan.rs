use crate::calendar::{DAY, civil, weekday};
use crate::rule::{Frequency, Rule};
use crate::start::Start;
use crate::times::Times;

/// A rule with what its start says where the rule says nothing: "Information, not contained in the rule, necessary to
/// determine the various recurrence instance start time and dates are derived from the Start Time (DTSTART)" (RFC
/// 5545, section 3.3.10).
#[derive(Clone, Debug)]
pub struct Plan<'r> {
    pub rule: &'r Rule,
    /// Bit 0 is January. All where the rule names none and the start's is not meant.
    pub months: u16,
    /// Bit 0 is day 1; with `month_days_back` nothing where days of the month do not matter.
    pub month_days: u32,
    pub month_days_back: u32,
    /// Bit 0 is Monday; with the rule's nth days nothing where weekdays do not matter.
    pub weekdays: u8,
    /// What each period that has a time of its own expands to. Of a rule by hours its one hour is put in, by minutes
    /// its hour and its minute.
    pub times: Times,
    /// The first instance must not be before it: seconds on the local clock.
    pub start: i64,
}

impl<'r> Plan<'r> {
    pub fn new(rule: &'r Rule, start: &Start) -> Self {
        let mut plan = Self {
            rule,
            months: if rule.by_month == 0 { 0xfff } else { rule.by_month },
            month_days: rule.by_month_day,
            month_days_back: rule.by_month_day_back,
            weekdays: rule.by_day,
            times: Times { hours: rule.by_hour, minutes: rule.by_minute, seconds: rule.by_second },
            start: start.local_second,
        };
        plan.days_of_start();
        plan.times_of_start();
        plan
    }

    fn days_of_start(&mut self) {
        let rule = self.rule;
        let has_month_days = rule.by_month_day != 0 || rule.by_month_day_back != 0;
        let has_weekdays = rule.by_day != 0 || !rule.by_nth_day.is_empty();
        if has_month_days || has_weekdays || !rule.by_year_day.is_empty() {
            return;
        }
        let by_week = rule.by_week != 0 || rule.by_week_back != 0;
        let day = self.start_day();
        match rule.frequency {
            Frequency::Weekly => self.weekdays = 1 << weekday(day),
            Frequency::Yearly if by_week => self.weekdays = 1 << weekday(day),
            Frequency::Monthly | Frequency::Yearly => {
                let (_, month, day) = civil(day);
                self.month_days = 1 << (day - 1);
                if rule.frequency == Frequency::Yearly && rule.by_month == 0 {
                    self.months = 1 << (month - 1);
                }
            }
            Frequency::Minutely | Frequency::Hourly | Frequency::Daily => {}
        }
    }

    fn times_of_start(&mut self) {
        let second = self.start.rem_euclid(DAY);
        let times = &mut self.times;
        if times.seconds == 0 {
            times.seconds = 1 << (second % 60);
        }
        if times.minutes == 0 && self.rule.frequency > Frequency::Minutely {
            times.minutes = 1 << (second / 60 % 60);
        }
        if times.hours == 0 && self.rule.frequency > Frequency::Hourly {
            times.hours = 1 << (second / 3600);
        }
    }

    /// The number of the start's day.
    pub fn start_day(&self) -> i32 {
        self.start.div_euclid(DAY) as i32
    }

    /// Whether any day of a month may be one: there is no limit that needs to be looked at.
    pub fn takes_every_day(&self) -> bool {
        self.months == 0xfff
            && self.month_days | self.month_days_back == 0
            && self.weekdays == 0
            && self.rule.by_year_day.is_empty()
    }
}
