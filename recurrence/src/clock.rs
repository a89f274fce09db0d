use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::calendar::{DAY, civil};

/// Reads local times of one zone, in ascending order, as instants.
///
/// A zone's offset holds for months: it is looked up once for all of a stretch between two transitions, for a look-up
/// costs as much as everything else about an occurrence.
#[derive(Clone, Debug)]
pub struct Clock<'z> {
    zone: &'z TimeZone,
    /// Local seconds from the one that was measured, the second exclusive, within which `offset` holds and each local
    /// time comes just once.
    stretch: (i64, i64),
    offset: i64,
    /// How many times have been looked up since a stretch was measured.
    looked_up: u8,
}

impl<'z> Clock<'z> {
    pub fn new(zone: &'z TimeZone) -> Self {
        match zone.to_fixed_offset() {
            Ok(offset) => {
                Self { zone, stretch: (i64::MIN, i64::MAX), offset: offset.seconds().into(), looked_up: 0 }
            }
            Err(_) => Self { zone, stretch: (0, 0), offset: 0, looked_up: 0 },
        }
    }

    /// The instant of a local time, both in seconds, and whether the time was in a gap; nothing beyond jiff's years.
    #[inline]
    pub fn read(&mut self, local: i64) -> Option<(i64, bool)> {
        if self.stretch.0 <= local && local < self.stretch.1 {
            return Some((local - self.offset, false));
        }
        self.look_up(local)
    }

    fn look_up(&mut self, local: i64) -> Option<(i64, bool)> {
        let (instant, is_in_gap) = instant_at(local, self.zone)?;
        // Measuring takes a look-up more: not for the one or two times of a yearly rule.
        self.looked_up = self.looked_up.saturating_add(1);
        if self.looked_up > 2 && !is_in_gap {
            self.measure(local, instant);
        }
        Some((instant, is_in_gap))
    }

    /// Finds how far the offset of a local time holds.
    fn measure(&mut self, local: i64, instant: i64) {
        let (Ok(here), offset) = (Timestamp::from_second(instant), local - instant) else { return };
        let ends = self.zone.following(here).next().map_or(i64::MAX, |transition| {
            // In a gap or in an hour that comes twice it no longer does.
            transition.timestamp().as_second() + offset.min(transition.offset().seconds().into())
        });
        (self.stretch, self.offset, self.looked_up) = ((local, ends), offset, 0);
    }
}

/// The instant of a local time in seconds, and whether it is in a gap. See [`crate::instant`].
pub fn instant_at(local: i64, zone: &TimeZone) -> Option<(i64, bool)> {
    let offset = match zone.to_ambiguous_timestamp(date_time(local)?).offset() {
        AmbiguousOffset::Unambiguous { offset } => (offset, false),
        AmbiguousOffset::Gap { before, .. } => (before, true),
        AmbiguousOffset::Fold { before, .. } => (before, false),
    };
    Some((local - i64::from(offset.0.seconds()), offset.1))
}

/// The civil time of a local second.
pub fn date_time(local: i64) -> Option<DateTime> {
    let (year, month, day) = civil(i32::try_from(local.div_euclid(DAY)).ok()?);
    let second = local.rem_euclid(DAY);
    let [month, day] = [month, day].map(|part| part as i8);
    let [hour, minute, second] = [second / 3600, second / 60 % 60, second % 60].map(|part| part as i8);
    DateTime::new(i16::try_from(year).ok()?, month, day, hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_reads_as_one_look_up_does() {
        for zone in ["Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"] {
            let zone = TimeZone::get(zone).unwrap();
            for step in [977, 86_399, 2_592_001] {
                let mut clock = Clock::new(&zone);
                // Over the end of 2011, when Samoa left out a day, and over a hundred years and more.
                let begin = 1_325_000_000 - 20_000 * step;
                for local in (0..40_000).map(|index| begin + index * step) {
                    assert_eq!(clock.read(local), instant_at(local, &zone), "{zone:?} {local}");
                }
            }
        }
    }
}
