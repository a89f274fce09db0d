//! Date format models (`DD-MON-RR HH.MI.SSXFF AM TZR`), split into their elements.

use crate::error::OracleError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    Year4,
    /// Two digits, in the century that RR chooses (or the current one, for YY).
    Year2,
    Month,
    /// `true`: the name in full.
    MonthName(bool),
    Day,
    Hour24,
    Hour12,
    Minute,
    Second,
    /// Fractional digits; `None` is as many as there are, six when writing.
    Fraction(Option<u8>),
    Meridian,
    ZoneHour,
    ZoneMinute,
    Zone,
    Literal(String),
    Punctuation(char),
}

/// Longest first, so that HH24 is not read as HH.
const ELEMENTS: [(&str, Element); 20] = [
    ("YYYY", Element::Year4),
    ("RRRR", Element::Year4),
    ("MONTH", Element::MonthName(true)),
    ("HH24", Element::Hour24),
    ("HH12", Element::Hour12),
    ("MON", Element::MonthName(false)),
    ("TZH", Element::ZoneHour),
    ("TZM", Element::ZoneMinute),
    ("TZR", Element::Zone),
    ("RR", Element::Year2),
    ("YY", Element::Year2),
    ("MM", Element::Month),
    ("DD", Element::Day),
    ("HH", Element::Hour12),
    ("MI", Element::Minute),
    ("SS", Element::Second),
    ("AM", Element::Meridian),
    ("PM", Element::Meridian),
    ("FF", Element::Fraction(None)),
    ("X", Element::Punctuation('.')),
];

pub fn elements(format: &str) -> Result<Vec<Element>, OracleError> {
    let upper = format.to_uppercase();
    let mut rest = upper.as_str();
    let mut elements = Vec::new();
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').ok_or_else(|| OracleError::new(1821, "date format not recognized"))?;
            let start = format.len() - quoted.len();
            elements.push(Element::Literal(format[start..start + end].to_owned()));
            rest = &quoted[end + 1..];
        } else if let Some((name, element)) = ELEMENTS.iter().find(|(name, _)| rest.starts_with(name)) {
            rest = &rest[name.len()..];
            let digit = rest.chars().next().and_then(|c| c.to_digit(10)).filter(|_| *name == "FF");
            if let Some(digit) = digit {
                rest = &rest[1..];
                elements.push(Element::Fraction(Some(digit as u8)));
            } else {
                elements.push(element.clone());
            }
        } else if first.is_alphanumeric() {
            return Err(OracleError::new(1821, "date format not recognized"));
        } else {
            elements.push(Element::Punctuation(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(elements)
}
