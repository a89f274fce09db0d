//! Dates and times as fields of a form have them (HTML Standard, section 2.3.5).

use jiff::civil::{Date, Time};

/// Reads `2026-11-28`, of the years 1 to 9999.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|date: &Date| is_plain && date.year() >= 1)
}

/// Reads `10:30`, also with seconds and a fraction of one.
pub fn time(text: &str) -> Option<Time> {
    let text = text.trim();
    let is_plain = text.len() >= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
    text.parse().ok().filter(|_| is_plain)
}

/// Writes a time, with seconds where there are any. What is finer than a field can have is left out.
pub fn of_time(time: Time) -> String {
    match (time.second(), time.millisecond()) {
        (0, 0) => time.strftime("%H:%M").to_string(),
        (_, 0) => time.strftime("%H:%M:%S").to_string(),
        (_, _) => time.strftime("%H:%M:%S%.3f").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_as_browsers_write_them() {
        assert_eq!(date("2026-11-28").unwrap().to_string(), "2026-11-28");
        for text in
            ["", "20261128", "2026-11-28T10:00", "0000-01-01", "-026-11-28", "2026-02-29", "2026-11-2"]
        {
            assert_eq!(date(text), None, "{text}");
        }
        for text in ["10:30", "10:30:15", "10:30:15.250"] {
            assert_eq!(of_time(time(text).unwrap()), text);
        }
        assert_eq!(of_time(time("10:30:00").unwrap()), "10:30");
        for text in ["", "10", "1030", "24:00", "10:60", "10:30Z", "T10:30", "10:30 AM"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
