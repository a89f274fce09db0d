//! Dates and times as a person's language writes them (ICU4X, out of CLDR's data). Calendars are Gregorian, as the grids are.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_datetime::fieldsets::{E, M, MD, MDE, T, YM, YMD, YMDE};
use icu_datetime::input::Time as IcuTime;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::input::Decimal;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use parking_lot::Mutex;

use crate::text::Locale;

/// How somebody's language writes dates and times.
pub struct Words {
    locale: String,
    preferences: DateTimeFormatterPreferences,
    time: Option<NoCalendarFormatter<T>>,
    number: Option<DecimalFormatter>,
    month: Made<YM>,
    full_date: Made<YMDE>,
    date: Made<YMD>,
    day: Made<MDE>,
    weekday: Made<E>,
    short_weekday: Made<E>,
    short_month: Made<M>,
}

type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// Made when it is first used. `None`: the data has nothing for it.
type Made<F> = OnceLock<Option<Formatter<F>>>;

/// Those of languages that were asked for: to make a formatter costs more than to use it.
static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Words>>>> = LazyLock::new(Mutex::default);

/// So many are kept. A client can name languages as it likes.
const AT_MOST: usize = 200;

impl Words {
    /// Those of a language; where the data knows nothing of it, as is written everywhere (`und`).
    pub fn of(locale: &Locale) -> Arc<Self> {
        let mut known = KNOWN.lock();
        if let Some(words) = known.get(locale.as_str()) {
            return Arc::clone(words);
        }
        if known.len() >= AT_MOST {
            known.clear();
        }
        let words = Arc::new(Self::new(locale));
        known.insert(locale.as_str().to_owned(), Arc::clone(&words));
        words
    }

    fn new(locale: &Locale) -> Self {
        let spoken = icu_locale_core::Locale::try_from_str(locale.as_str())
            .unwrap_or(icu_locale_core::Locale::UNKNOWN);
        let preferences = DateTimeFormatterPreferences::from(&spoken);
        Self {
            locale: locale.as_str().to_owned(),
            preferences,
            time: NoCalendarFormatter::try_new(preferences, T::hm()).ok(),
            number: DecimalFormatter::try_new(DecimalFormatterPreferences::from(&spoken), Default::default())
                .ok(),
            month: Made::new(),
            full_date: Made::new(),
            date: Made::new(),
            day: Made::new(),
            weekday: Made::new(),
            short_weekday: Made::new(),
            short_month: Made::new(),
        }
    }

    /// The tag of the language, for `lang`.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// `November 2026`.
    pub fn month(&self, date: Date) -> String {
        write(date, self.month.get_or_init(|| Formatter::try_new(self.preferences, YM::long()).ok()))
    }

    /// `Saturday, November 28, 2026`.
    pub fn full_date(&self, date: Date) -> String {
        write(date, self.full_date.get_or_init(|| Formatter::try_new(self.preferences, YMDE::long()).ok()))
    }

    /// `Nov 28, 2026`.
    pub fn date(&self, date: Date) -> String {
        write(date, self.date.get_or_init(|| Formatter::try_new(self.preferences, YMD::medium()).ok()))
    }

    /// `Sat, Nov 28`.
    pub fn day(&self, date: Date) -> String {
        write(date, self.day.get_or_init(|| Formatter::try_new(self.preferences, MDE::medium()).ok()))
    }

    /// `November 28`.
    pub fn day_of_month(&self, date: Date) -> String {
        write(date, &Formatter::try_new(self.preferences, MD::long()).ok())
    }

    /// `Saturday`.
    pub fn weekday(&self, date: Date) -> String {
        write(date, self.weekday.get_or_init(|| Formatter::try_new(self.preferences, E::long()).ok()))
    }

    /// `Sa`: two letters, behind those that all weekdays of the language begin with.
    pub fn narrow_weekday(&self, date: Date) -> String {
        let name = self.short_weekday(date);
        let others = (1..7).filter_map(|days| date.checked_add(days.days()).ok());
        let alike =
            |other: String| name.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
        let common = others.map(|other| alike(self.short_weekday(other))).min().unwrap_or(0);
        name.chars().skip(common).take(2).collect()
    }

    /// `November`, of a number from 1 to 12.
    pub fn month_name(&self, month: i8) -> String {
        let first = Date::new(2024, month, 1).unwrap_or(Date::ZERO);
        write(first, &Formatter::try_new(self.preferences, M::long()).ok())
    }

    /// `Nov`.
    pub fn short_month(&self, date: Date) -> String {
        write(date, self.short_month.get_or_init(|| Formatter::try_new(self.preferences, M::medium()).ok()))
    }

    /// `Sat`.
    pub fn short_weekday(&self, date: Date) -> String {
        write(date, self.short_weekday.get_or_init(|| Formatter::try_new(self.preferences, E::short()).ok()))
    }

    /// `28`, in the digits of the language.
    pub fn number(&self, number: i8) -> String {
        match &self.number {
            Some(formatter) => formatter.format(&Decimal::from(number)).to_string(),
            None => number.to_string(),
        }
    }

    /// `10:30 AM` or `10:30`.
    pub fn time(&self, time: Time) -> String {
        let parts = |time: Time| {
            let [hour, minute] = [time.hour(), time.minute()].map(|part| u8::try_from(part).unwrap_or(0));
            IcuTime::try_new(hour, minute, 0, 0).ok()
        };
        match (&self.time, parts(time)) {
            (Some(formatter), Some(time)) => formatter.format(&time).to_string(),
            _ => time.strftime("%H:%M").to_string(),
        }
    }

    /// `Nov 28, 2026, 10:30 AM`.
    pub fn moment(&self, moment: DateTime) -> String {
        format!("{}, {}", self.date(moment.date()), self.time(moment.time()))
    }
}

fn write(date: Date, formatter: &Option<impl Write>) -> String {
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    let found = IcuDate::try_new_gregorian(date.year().into(), month, day).ok();
    match formatter.as_ref().zip(found) {
        Some((formatter, date)) => formatter.write(&date),
        None => date.to_string(),
    }
}

/// What writes a date.
trait Write {
    fn write(&self, date: &IcuDate<Gregorian>) -> String;
}

macro_rules! write_by {
    ($($fields:ty),*) => {
        $(impl Write for Formatter<$fields> {
            fn write(&self, date: &IcuDate<Gregorian>) -> String {
                self.format(date).to_string()
            }
        })*
    };
}

write_by!(E, M, MD, MDE, YM, YMD, YMDE);

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::Words;
    use crate::text::Locale;

    fn words(locale: &str) -> std::sync::Arc<Words> {
        Words::of(&Locale::parse(locale.into()).unwrap())
    }

    #[test]
    fn dates_and_times_are_written_as_their_language_does() {
        let day = date(2026, 11, 28);
        for (locale, month, full, short, at) in [
            ("en", "November 2026", "Saturday, November 28, 2026", "Sat", "3:05 PM"),
            ("en-GB", "November 2026", "Saturday, 28 November 2026", "Sat", "15:05"),
            ("de-AT", "November 2026", "Samstag, 28. November 2026", "Sa", "15:05"),
            ("qaa", "", "", "", ""),
        ] {
            let words = words(locale);
            if locale == "qaa" {
                assert!(words.full_date(day).contains("2026"), "{}", words.full_date(day));
                continue;
            }
            assert_eq!(words.month(day), month, "{locale}");
            assert_eq!(words.full_date(day), full, "{locale}");
            assert_eq!(words.short_weekday(day).trim_end_matches('.'), short, "{locale}");
            assert_eq!(words.time(time(15, 5, 0, 0)).replace('\u{202f}', " "), at, "{locale}");
        }
    }

    #[test]
    fn numbers_have_the_digits_of_the_language() {
        for (locale, number) in [
            ("en", "28"),
            ("de", "28"),
            ("ar-EG", "٢٨"),
            ("fa", "۲۸"),
            ("ar-EG-u-nu-latn", "28"),
            ("qaa", "28"),
        ] {
            assert_eq!(words(locale).number(28), number, "{locale}");
        }
    }

    #[test]
    fn two_letters_tell_weekdays_from_one_another() {
        for locale in ["en", "de", "ar", "fr", "ru", "tr"] {
            let words = words(locale);
            let days = (23..30).map(|day| words.narrow_weekday(date(2026, 11, day)));
            let narrow: std::collections::BTreeSet<_> = days.collect();
            assert_eq!(narrow.len(), 7, "{locale}: {narrow:?}");
        }
    }

    #[test]
    fn the_clock_that_somebody_asks_for_is_theirs() {
        let at = time(15, 5, 0, 0);
        assert_eq!(words("en-US-u-hc-h23").time(at), "15:05");
        assert_eq!(words("de-u-hc-h12").time(at).replace('\u{202f}', " "), "3:05 PM");
    }
}
