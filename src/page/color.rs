/// A colour for drawing: always `#rrggbb`, whatever a client has stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swatch {
    /// For an SVG's `fill`.
    pub fill: String,
}

/// What has no colour of its own has one of these, by its id.
const PALETTE: [&str; 6] = ["#2f5bd7", "#0b8043", "#c5221f", "#8e24aa", "#b06000", "#00838f"];

impl Swatch {
    /// Reads `#rgb` and `#rrggbb`; in the place of any other text there is one of our own.
    pub fn of(color: Option<&str>, id: i64) -> Self {
        let fill = color.and_then(hexadecimal);
        let index = usize::try_from(id.rem_euclid(6)).unwrap_or(0);
        Self { fill: fill.unwrap_or_else(|| PALETTE[index].to_owned()) }
    }
}

fn hexadecimal(text: &str) -> Option<String> {
    let digits =
        text.trim().strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    match digits.len() {
        3 => Some(digits.chars().fold("#".to_owned(), |mut text, digit| {
            text.extend([digit, digit]);
            text
        })),
        6 => Some(format!("#{digits}")),
        _ => None,
    }
}
