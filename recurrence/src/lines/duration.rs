use crate::calendar::DAY;
use crate::parse::number;

/// A DURATION (RFC 5545, section 3.3.6) that is not negative: days as the calendar counts them, and seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    pub days: i64,
    pub seconds: i64,
}

impl Duration {
    /// Reads `P15DT5H0M20S` or `P7W`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('+').unwrap_or(text);
        let mut rest = text.strip_prefix(['P', 'p'])?;
        let (mut days, mut seconds) = (0, 0);
        // The units that may come next.
        let mut units = "WD";
        while !rest.is_empty() {
            if let Some(time) =
                rest.strip_prefix(['T', 't']).filter(|time| !time.is_empty() && !units.contains('M'))
            {
                if units.is_empty() {
                    return None;
                }
                (rest, units) = (time, "HMS");
            }
            let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
            let amount = i64::from(number(&rest[..end])?);
            let unit = rest[end..].chars().next()?.to_ascii_uppercase();
            units = &units[units.find(unit)? + 1..];
            rest = &rest[end + 1..];
            match unit {
                'W' => (days, units) = (7 * amount, ""),
                'D' => {
                    days = amount;
                    units = "T";
                }
                'H' => seconds += 3600 * amount,
                'M' => seconds += 60 * amount,
                _ => seconds += amount,
            }
        }
        (text.len() > 1).then_some(Self { days, seconds })
    }

    /// The local second after its days.
    pub fn days_after(self, local: i64) -> i64 {
        local + self.days * DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        for (text, days, seconds) in [
            ("P15DT5H0M20S", 15, 18_020),
            ("P7W", 49, 0),
            ("+PT1H", 0, 3600),
            ("PT90M", 0, 5400),
            ("PT20S", 0, 20),
            ("PT1H30S", 0, 3630),
            ("p1dt1h", 1, 3600),
            ("P1D", 1, 0),
        ] {
            assert_eq!(Duration::parse(text), Some(Duration { days, seconds }), "{text}");
        }
        for text in [
            "",
            "P",
            "PT",
            "P1",
            "P1H",
            "PT1D",
            "-PT1H",
            "P1W1D",
            "P1DT",
            "PT1S1M",
            "PT1M1M",
            "P1D1D",
            "P1D1H",
            "P1WT1H",
            "1H",
            "PTT1H",
            "PT1HT1M",
            "P99999999D",
            "P1é",
        ] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }
}
