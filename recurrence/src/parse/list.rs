use crate::rule::NthDay;

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Monday is 0.
pub fn weekday(text: &str) -> Option<u8> {
    let index = WEEKDAYS.iter().position(|name| name.eq_ignore_ascii_case(text))?;
    Some(index as u8)
}

/// The name of a weekday from 0.
pub fn weekday_name(weekday: u8) -> &'static str {
    WEEKDAYS[usize::from(weekday % 7)]
}

/// A number without a sign, no more than seven digits.
pub fn number(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    text.bytes()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

/// A number with or without a sign.
fn signed(text: &str) -> Option<i32> {
    match text.as_bytes().first()? {
        b'-' => Some(-number(&text[1..])?.cast_signed()),
        b'+' => Some(number(&text[1..])?.cast_signed()),
        _ => Some(number(text)?.cast_signed()),
    }
}

/// One number from 1.
pub fn single(name: &str, value: &str, most: u32) -> Result<u32, String> {
    number(value)
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| format!("{name} must be 1 to {most}"))
}

/// Numbers without a sign, as bits.
pub fn bits(name: &str, value: &str, least: u32, most: u32) -> Result<u64, String> {
    value.split(',').try_fold(0, |bits, text| {
        number(text)
            .filter(|number| (least..=most).contains(number))
            .map(|number| bits | 1 << number)
            .ok_or_else(|| format!("{name} must be {least} to {most}"))
    })
}

/// Numbers from `-most` to `most` without 0, as bits from 1: those counted from the beginning, those from the end.
pub fn both_ways(name: &str, value: &str, most: i32) -> Result<(u64, u64), String> {
    value.split(',').try_fold((0, 0), |(ahead, back), text| match either(name, text, most)? {
        number if number > 0 => Ok((ahead | 1 << (number - 1), back)),
        number => Ok((ahead, back | 1 << (-number - 1))),
    })
}

/// [`both_ways`] for the days of a month.
pub fn month_days(name: &str, value: &str) -> Result<(u32, u32), String> {
    let (ahead, back) = both_ways(name, value, 31)?;
    Ok((ahead as u32, back as u32))
}

/// The same as a list, sorted, none twice.
pub fn numbers(name: &str, value: &str, most: i32) -> Result<Box<[i16]>, String> {
    let mut numbers = Vec::with_capacity(4);
    for text in value.split(',') {
        numbers.push(either(name, text, most)? as i16);
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers.into())
}

fn either(name: &str, text: &str, most: i32) -> Result<i32, String> {
    match signed(text) {
        Some(0) => Err(format!("{name} must not be 0")),
        Some(number) if number.abs() <= most => Ok(number),
        _ => Err(format!("{name} must be -{most} to {most}")),
    }
}

/// BYDAY: weekdays as bits, and those with an ordinal, sorted.
pub fn weekdays(value: &str) -> Result<(u8, Box<[NthDay]>), String> {
    let wrong =
        || "BYDAY must be of MO, TU, WE, TH, FR, SA, SU, each with -53 to 53 before it or none".to_string();
    let (mut days, mut nth_days) = (0, Vec::new());
    for text in value.split(',') {
        let (nth, name) = text.split_at_checked(text.len().saturating_sub(2)).ok_or_else(wrong)?;
        let weekday = weekday(name).ok_or_else(wrong)?;
        if nth.is_empty() {
            days |= 1 << weekday;
        } else {
            let nth = signed(nth).filter(|nth| *nth != 0 && nth.abs() <= 53).ok_or_else(wrong)? as i8;
            nth_days.push(NthDay { weekday, nth });
        }
    }
    nth_days.sort_unstable_by_key(|day| (day.weekday, day.nth));
    nth_days.dedup();
    Ok((days, nth_days.into()))
}
