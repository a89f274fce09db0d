use jiff::civil::Date;

use crate::rule::{Frequency, NthDay, Rule};
use crate::start::Start;

impl Rule {
    /// The same rule for a series that begins on another day, and whose days all move by as many: weekdays move along, and what
    /// names the day of the first start names the new one. `None`: it names other days, of which nobody can tell where they
    /// belong then.
    #[must_use]
    pub fn shifted(self, from: &Start, to: &Start) -> Option<Self> {
        let (from, to) = (from.local().date(), to.local().date());
        if from == to {
            return Some(self);
        }
        let is_vague = !self.by_year_day.is_empty()
            || self.by_week != 0
            || self.by_week_back != 0
            || !self.by_position.is_empty();
        let month_days = self.by_month_day.count_ones() + self.by_month_day_back.count_ones();
        let kinds = [self.by_day != 0, !self.by_nth_day.is_empty(), month_days > 0];
        if is_vague || kinds.iter().filter(|kind| **kind).count() > 1 {
            return None;
        }
        let rule = self.in_month_of(from, to)?;
        match kinds {
            [true, _, _] => Some(rule.on_weekdays_after(from, to)),
            [_, true, _] => rule.on_nth_day_of(from, to),
            [_, _, true] => rule.on_month_day_of(from, to),
            _ => Some(rule),
        }
    }

    /// BYMONTH, which stays within the months that it names, or names the only one.
    fn in_month_of(self, from: Date, to: Date) -> Option<Self> {
        let bit = |date: Date| 1_u16 << (date.month() - 1);
        if self.by_month == 0 || from.month() == to.month() {
            return Some(self);
        }
        // Weekdays of a month are other ones in another.
        let is_one = self.by_month == bit(from) && self.by_day == 0;
        is_one.then_some(Self { by_month: bit(to), ..self })
    }

    /// Weeks move along where it matters which of them a day is in.
    fn on_weekdays_after(self, from: Date, to: Date) -> Self {
        let later = days_between(from, to);
        let moved = |weekday: u8| (i32::from(weekday) + later).rem_euclid(7).unsigned_abs() as u8;
        let by_day =
            (0..7).filter(|day| self.by_day >> day & 1 == 1).fold(0, |days, day| days | 1 << moved(day));
        let is_the_first = self.by_day == 1 << weekday_of(from);
        let has_weeks = self.frequency == Frequency::Weekly && self.interval > 1 && !is_the_first;
        let week_start = if has_weeks { moved(self.week_start) } else { self.week_start };
        Self { by_day, week_start, ..self }
    }

    fn on_nth_day_of(self, from: Date, to: Date) -> Option<Self> {
        let [NthDay { weekday, nth }] = *self.by_nth_day else { return None };
        let is_of_month = self.frequency == Frequency::Monthly || self.by_month != 0;
        let is_from = weekday == weekday_of(from) && (nth == nth_of(from) || nth == nth_back_of(from));
        if !is_of_month || !is_from {
            return None;
        }
        let nth = match nth_of(to) {
            // Most months have no fifth one.
            later if nth < 0 && from.month() == to.month() || later == 5 => nth_back_of(to),
            later => later,
        };
        Some(Self { by_nth_day: [NthDay { weekday: weekday_of(to), nth }].into(), ..self })
    }

    fn on_month_day_of(self, from: Date, to: Date) -> Option<Self> {
        let ahead = |date: Date| 1_u32 << (date.day() - 1);
        let back = |date: Date| 1_u32 << (date.days_in_month() - date.day());
        match (self.by_month_day, self.by_month_day_back) {
            (day, 0) if day == ahead(from) => Some(Self { by_month_day: ahead(to), ..self }),
            (0, day) if day == back(from) && from.month() == to.month() => {
                Some(Self { by_month_day_back: back(to), ..self })
            }
            (0, day) if day == back(from) => {
                Some(Self { by_month_day: ahead(to), by_month_day_back: 0, ..self })
            }
            _ => None,
        }
    }
}

fn weekday_of(date: Date) -> u8 {
    date.weekday().to_monday_zero_offset().unsigned_abs()
}

/// Which one of its weekday a day is in its month.
fn nth_of(date: Date) -> i8 {
    (date.day() - 1) / 7 + 1
}

/// The same counted from the end of the month.
fn nth_back_of(date: Date) -> i8 {
    -((date.days_in_month() - date.day()) / 7 + 1)
}

fn days_between(from: Date, to: Date) -> i32 {
    // Within the years 1 to 9999.
    to.since(from).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn start(date: Date) -> Start {
        Start::new(date.at(9, 0, 0, 0), TimeZone::UTC, false).unwrap()
    }

    fn shifted(rule: &str, from: Date, to: Date) -> Option<String> {
        Rule::parse(rule, &start(from))
            .unwrap()
            .shifted(&start(from), &start(to))
            .map(|rule| rule.to_string())
    }

    #[test]
    fn what_names_the_first_day_names_the_new_one() {
        // A Saturday, the fourth one and the last one of its month.
        let from = date(2026, 11, 28);
        for (rule, to, moved) in [
            ("FREQ=WEEKLY;BYDAY=SA", date(2026, 12, 1), "FREQ=WEEKLY;BYDAY=TU"),
            ("FREQ=WEEKLY;BYDAY=MO,SA", date(2026, 11, 27), "FREQ=WEEKLY;BYDAY=FR,SU"),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA",
                date(2026, 11, 29),
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=TU",
            ),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", date(2026, 11, 29), "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"),
            ("FREQ=MONTHLY", date(2026, 12, 1), "FREQ=MONTHLY"),
            ("FREQ=MONTHLY;BYMONTHDAY=28", date(2026, 12, 1), "FREQ=MONTHLY;BYMONTHDAY=1"),
            ("FREQ=MONTHLY;BYMONTHDAY=-3", date(2026, 11, 30), "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("FREQ=MONTHLY;BYMONTHDAY=-3", date(2026, 12, 2), "FREQ=MONTHLY;BYMONTHDAY=2"),
            ("FREQ=MONTHLY;BYDAY=4SA", date(2026, 11, 17), "FREQ=MONTHLY;BYDAY=3TU"),
            ("FREQ=MONTHLY;BYDAY=-1SA", date(2026, 11, 22), "FREQ=MONTHLY;BYDAY=-2SU"),
            ("FREQ=MONTHLY;BYDAY=4SA", date(2026, 11, 29), "FREQ=MONTHLY;BYDAY=-1SU"),
            (
                "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28",
                date(2026, 12, 1),
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1",
            ),
            ("FREQ=YEARLY;BYMONTH=11;BYDAY=4SA", date(2026, 12, 1), "FREQ=YEARLY;BYMONTH=12;BYDAY=1TU"),
            ("FREQ=YEARLY;BYMONTH=11,12", date(2026, 11, 29), "FREQ=YEARLY;BYMONTH=11,12"),
        ] {
            assert_eq!(shifted(rule, from, to).as_deref(), Some(moved), "{rule} to {to}");
        }
    }

    #[test]
    fn what_names_other_days_cannot_move() {
        let (from, to) = (date(2026, 11, 28), date(2026, 12, 1));
        for rule in [
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=MONTHLY;BYMONTHDAY=1,28",
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
            "FREQ=MONTHLY;BYMONTHDAY=27",
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "FREQ=MONTHLY;BYDAY=3SA",
            "FREQ=YEARLY;BYDAY=48SA",
            "FREQ=YEARLY;BYYEARDAY=332",
            "FREQ=YEARLY;BYWEEKNO=48",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=SA",
            "FREQ=YEARLY;BYMONTH=3,11",
        ] {
            assert_eq!(shifted(rule, from, to), None, "{rule}");
            assert_eq!(shifted(rule, from, from).as_deref(), Some(rule));
        }
    }

    proptest! {
        #[test]
        fn rules_of_weekdays_move_by_just_so_many_days(
            days in 1_u8..128,
            interval in 1_u32..4,
            week_start in 0_u8..7,
            first in 0_i64..7,
            later in -20_i64..20,
        ) {
            let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
            let days: Vec<_> = (0..7).filter(|day| days >> day & 1 == 1).map(|day| names[day]).collect();
            let week_start = names[usize::from(week_start)];
            let text = format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={};WKST={week_start}", days.join(","));
            let from = date(2026, 3, 1).checked_add(jiff::Span::new().days(first)).unwrap();
            let (from, to) = (start(from), start(from.checked_add(jiff::Span::new().days(later)).unwrap()));
            let rule = Rule::parse(&text, &from).unwrap();
            let moved = rule.clone().shifted(&from, &to).unwrap();
            let by = jiff::SignedDuration::from_hours(24 * later);
            let expected: Vec<_> = rule.starts(&from).take(40).map(|start| start + by).collect();
            let found: Vec<_> = moved.starts(&to).take(40).collect();
            prop_assert_eq!(found, expected, "{} moved to {}", text, moved);
        }
    }
}
