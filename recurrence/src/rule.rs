use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::{DAY, civil};
use crate::start::{Start, floor};

/// The largest COUNT that is read: a rule with one is walked from its beginning.
pub const MAX_COUNT: u32 = 999_999;

/// The largest INTERVAL that is read.
pub const MAX_INTERVAL: u32 = 999_999;

/// FREQ. Rules of every second are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Frequency {
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A recurrence rule, RRULE: RFC 5545, sections 3.3.10 and 3.8.5.3.
///
/// It prints as the canonical text of its value: `FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO`. What came without a meaning of
/// its own is left out: INTERVAL=1, WKST=MO, a number named twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub(crate) frequency: Frequency,
    /// 1 to [`MAX_INTERVAL`].
    pub(crate) interval: u32,
    pub(crate) count: Option<u32>,
    pub(crate) until: Option<Until>,
    /// Bit `n` is second `n`, to 59.
    pub(crate) by_second: u64,
    /// Bit `n` is minute `n`.
    pub(crate) by_minute: u64,
    /// Bit `n` is hour `n`.
    pub(crate) by_hour: u32,
    /// Bit 0 is Monday; days without an ordinal.
    pub(crate) by_day: u8,
    /// Days with an ordinal from -53 to 53, and the weekday from 0; sorted by weekday.
    pub(crate) by_nth_day: Box<[NthDay]>,
    /// Bit `n - 1` is day `n`.
    pub(crate) by_month_day: u32,
    /// Bit `n - 1` is the day `n` from the end, -1 being the last.
    pub(crate) by_month_day_back: u32,
    /// -366 to 366, sorted.
    pub(crate) by_year_day: Box<[i16]>,
    /// Bit `n - 1` is week `n`.
    pub(crate) by_week: u64,
    /// Bit `n - 1` is the week `n` from the end.
    pub(crate) by_week_back: u64,
    /// Bit `n - 1` is month `n`.
    pub(crate) by_month: u16,
    /// -366 to 366, sorted.
    pub(crate) by_position: Box<[i16]>,
    /// The weekday on which weeks begin, from Monday, 0.
    pub(crate) week_start: u8,
}

/// The nth of a weekday in its month or year; counted from the end where negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NthDay {
    pub weekday: u8,
    pub nth: i8,
}

/// The last second that a start may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Until {
    /// Of the instant, since 1970, inclusive.
    pub second: i64,
    /// The last day of a series of days, which the instant does not tell where the clock left out a day.
    pub day: Option<i32>,
}

impl Until {
    /// The end of a series of days.
    pub fn day(day: i32, start: &Start) -> Option<Self> {
        let (second, _) = crate::clock::instant_at(start.on(day), start.zone())?;
        Some(Self { second, day: Some(day) })
    }
}

impl Rule {
    /// Reads the value of an RRULE, without its name: `FREQ=WEEKLY;BYDAY=MO`. Names may be of either case.
    ///
    /// Beyond the RFC's form of UNTIL also a DATE is read for a series with times, as the end of that local day; a
    /// local time without `Z`, in the zone of the start; and a time for a series of days, as its local day. Second 60
    /// is second 59, as for all who know no leap seconds (3.3.12). A semicolon may follow the last part. For a series of days BYHOUR, BYMINUTE and BYSECOND
    /// are left out: they "MUST be ignored".
    ///
    /// # Errors
    /// What is wrong, for a person, naming the part: "BYMONTHDAY must be -31 to 31". Refused is also what section
    /// 3.3.10 forbids, what recurs each second, and a rule that has no occurrence to the end of the year 9999.
    pub fn parse(text: &str, start: &Start) -> Result<Self, String> {
        let rule = Self::parse_known(text, start)?;
        if rule.never_matches(start) { Err("The rule has no occurrence".into()) } else { Ok(rule) }
    }

    /// Reads what [`Rule::parse`] has read before: without the search for a first occurrence, which for a rule made to
    /// be slow takes longer than anything else.
    ///
    /// # Errors
    /// As of [`Rule::parse`].
    pub fn parse_known(text: &str, start: &Start) -> Result<Self, String> {
        crate::parse::rule(text, start)
    }

    /// FREQ.
    #[must_use]
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// INTERVAL: 1 to [`MAX_INTERVAL`].
    #[must_use]
    pub fn interval(&self) -> u32 {
        self.interval
    }

    /// COUNT: 1 to [`MAX_COUNT`], the start among them.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.count
    }

    /// UNTIL, to the second: a start of this very second still is one. Of a series of days it is the start of the last
    /// day. What is beyond [`Timestamp::MAX`], and often written for a series without an end, is that.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        self.until.map(|until| Timestamp::from_second(until.second).unwrap_or(Timestamp::MAX))
    }

    /// The last day of a series of days.
    #[must_use]
    pub fn until_date(&self) -> Option<Date> {
        let (year, month, day) = civil(self.until?.day?);
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// Whether the rule goes on for ever: it has neither COUNT nor UNTIL.
    #[must_use]
    pub fn is_endless(&self) -> bool {
        self.count.is_none() && self.until.is_none()
    }

    /// The same rule without COUNT and UNTIL.
    #[must_use]
    pub fn without_end(self) -> Self {
        Self { count: None, until: None, ..self }
    }

    /// The same rule for this many occurrences, the start among them, instead of its COUNT or UNTIL. A count of 0 is 1,
    /// one above [`MAX_COUNT`] is that.
    #[must_use]
    pub fn with_count(self, count: u32) -> Self {
        Self { count: Some(count.clamp(1, MAX_COUNT)), until: None, ..self }
    }

    /// The same rule whose last start is at this instant or before it, instead of its COUNT or UNTIL. Fractions of a
    /// second are cut off. For a series of days it is the last day that begins by then.
    #[must_use]
    pub fn with_until(self, start: &Start, last: Timestamp) -> Self {
        let second = floor(last);
        let until = if start.is_date() { last_day(start, last) } else { None };
        Self { count: None, until: Some(until.unwrap_or(Until { second, day: None })), ..self }
    }
}

/// The last day whose start is no later.
fn last_day(start: &Start, last: Timestamp) -> Option<Until> {
    let local = crate::start::second_of(start.zone().to_datetime(last));
    let day = i32::try_from(local.div_euclid(DAY)).ok()?;
    let until = Until::day(day, start)?;
    if until.second <= floor(last) { Some(until) } else { Until::day(day - 1, start) }
}
