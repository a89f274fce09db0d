use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// A colour of sRGB: red, green and blue. Its text is `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// The named colours of CSS (CSS Color Module Level 4, section 6.1), a line each.
static NAMED: LazyLock<HashMap<&'static str, Rgb>> = LazyLock::new(|| {
    let lines = include_str!("names.txt").lines().filter_map(|line| line.split_once(' '));
    lines.filter_map(|(name, digits)| Some((name, hexadecimal(digits)?))).collect()
});

impl Rgb {
    /// Takes `#rgb`, `#rrggbb`, the same with an opacity, which is left out, and the names of CSS, in upper or lower case.
    /// `None`: it is none of them.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        hexadecimal(text).or_else(|| NAMED.get(&*text.to_ascii_lowercase()).copied())
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

fn hexadecimal(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    let digits: Option<Vec<u8>> = digits.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
    match digits?[..] {
        [red, green, blue] | [red, green, blue, _] => Some(Rgb([red, green, blue].map(|digit| digit * 17))),
        [a, b, c, d, e, f] | [a, b, c, d, e, f, _, _] => Some(Rgb([a * 16 + b, c * 16 + d, e * 16 + f])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, Rgb};

    #[test]
    fn colours_are_read_as_browsers_read_them() {
        for (text, read) in [
            ("#fff", "#ffffff"),
            ("#1a2", "#11aa22"),
            ("#1a2f", "#11aa22"),
            ("#FF5733", "#ff5733"),
            ("#ff573380", "#ff5733"),
            (" #ff5733\t", "#ff5733"),
            ("Tomato", "#ff6347"),
            ("rebeccapurple", "#663399"),
            ("grey", "#808080"),
        ] {
            assert_eq!(Rgb::parse(text).unwrap().to_string(), read, "{text}");
        }
        for text in [
            "",
            "#",
            "#f",
            "#ff",
            "#ff573",
            "#ff57333",
            "ff5733",
            "#gggggg",
            "# ff573",
            "#ffé",
            "none",
            "transparent",
        ] {
            assert_eq!(Rgb::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_name_of_css_is_there() {
        assert_eq!(NAMED.len(), 148);
    }
}
