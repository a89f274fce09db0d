//! Colours of calendars and events, for drawing. A client may have stored any text as one; what reaches a page is always a
//! colour of ours, or theirs as we spell it.

mod field;
mod rgb;

pub use field::ColorField;
pub use rgb::Rgb;

/// A colour for drawing, by an SVG's `fill`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swatch {
    /// Always `#rrggbb`, whatever was stored.
    pub fill: String,
}

/// What has no colour of its own has one of these, by its id; forms offer them by these names.
pub const PALETTE: [(&str, Rgb); 8] = [
    ("Blue", Rgb([0x2f, 0x5b, 0xd7])),
    ("Green", Rgb([0x0b, 0x80, 0x43])),
    ("Red", Rgb([0xc5, 0x22, 0x1f])),
    ("Purple", Rgb([0x8e, 0x24, 0xaa])),
    ("Orange", Rgb([0xb0, 0x60, 0x00])),
    ("Teal", Rgb([0x00, 0x83, 0x8f])),
    ("Pink", Rgb([0xc2, 0x18, 0x5b])),
    ("Grey", Rgb([0x61, 0x61, 0x61])),
];

/// How many of the palette are given by an id: grey is for who chooses it.
const GIVEN: i64 = 7;

impl Swatch {
    /// The colour that was stored; in the place of none, or of a text that is no colour, one of our own, always the same for
    /// this id.
    pub fn of(color: Option<&str>, id: i64) -> Self {
        let rgb = color.and_then(Rgb::parse).unwrap_or_else(|| given(id));
        Self { fill: rgb.to_string() }
    }
}

fn given(id: i64) -> Rgb {
    let index = usize::try_from(id.rem_euclid(GIVEN)).unwrap_or(0);
    PALETTE[index].1
}

#[cfg(test)]
mod tests {
    use super::Swatch;

    #[test]
    fn what_is_no_colour_is_one_of_ours_and_stays_the_same() {
        for (color, fill) in [
            (Some("#FF5733"), "#ff5733"),
            (Some("tomato"), "#ff6347"),
            (Some("no colour"), "#0b8043"),
            (Some("\"><script>"), "#0b8043"),
            (Some("url(#a)"), "#0b8043"),
            (Some(""), "#0b8043"),
            (None, "#0b8043"),
        ] {
            assert_eq!(Swatch::of(color, 1).fill, fill, "{color:?}");
            assert_eq!(Swatch::of(color, 8).fill, fill, "{color:?}");
        }
        for id in [0, -1, i64::MIN, i64::MAX] {
            assert_eq!(Swatch::of(None, id).fill.len(), 7, "{id}");
        }
    }
}
