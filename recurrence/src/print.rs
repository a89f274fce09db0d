use std::fmt::{Display, Formatter, Result, Write};

use crate::lines::{Date, Utc};
use crate::parse::weekday_name;
use crate::rule::{Frequency, Rule};

impl Display for Frequency {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Minutely => "MINUTELY",
            Self::Hourly => "HOURLY",
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        })
    }
}

/// The canonical text: FREQ, INTERVAL, COUNT or UNTIL, the BY parts in the order in which they are applied, WKST.
impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "FREQ={}", self.frequency)?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            match until.day {
                Some(day) => write!(f, ";UNTIL={}", Date(day))?,
                None => write!(f, ";UNTIL={}", Utc(until.second))?,
            }
        }
        list(f, "BYMONTH", ones(self.by_month.into()).map(|bit| bit + 1))?;
        list(f, "BYWEEKNO", both_ways(self.by_week, self.by_week_back))?;
        list(f, "BYYEARDAY", &*self.by_year_day)?;
        list(f, "BYMONTHDAY", both_ways(self.by_month_day.into(), self.by_month_day_back.into()))?;
        self.weekdays(f)?;
        list(f, "BYHOUR", ones(self.by_hour.into()))?;
        list(f, "BYMINUTE", ones(self.by_minute))?;
        list(f, "BYSECOND", ones(self.by_second))?;
        list(f, "BYSETPOS", &*self.by_position)?;
        if self.week_start > 0 {
            write!(f, ";WKST={}", weekday_name(self.week_start))?;
        }
        Ok(())
    }
}

impl Rule {
    fn weekdays(&self, f: &mut Formatter<'_>) -> Result {
        let mut separator = ";BYDAY=";
        for weekday in 0..7 {
            if self.by_day >> weekday & 1 == 1 {
                write!(f, "{separator}{}", weekday_name(weekday))?;
                separator = ",";
            }
            for day in self.by_nth_day.iter().filter(|day| day.weekday == weekday) {
                write!(f, "{separator}{}{}", day.nth, weekday_name(weekday))?;
                separator = ",";
            }
        }
        Ok(())
    }
}

fn list(f: &mut Formatter<'_>, name: &str, numbers: impl IntoIterator<Item = impl Display>) -> Result {
    for (index, number) in numbers.into_iter().enumerate() {
        if index == 0 {
            write!(f, ";{name}=")?;
        } else {
            f.write_char(',')?;
        }
        write!(f, "{number}")?;
    }
    Ok(())
}

/// The bits that are set, ascending.
fn ones(bits: u64) -> impl Iterator<Item = i32> {
    (0..64).filter(move |bit| bits >> bit & 1 == 1)
}

/// From the smallest number counted from the end to the largest from the beginning.
fn both_ways(ahead: u64, back: u64) -> impl Iterator<Item = i32> {
    let back = (0..64).rev().filter(move |bit| back >> bit & 1 == 1).map(|bit| -bit - 1);
    back.chain(ones(ahead).map(|bit| bit + 1))
}
