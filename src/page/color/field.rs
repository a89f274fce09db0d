use super::{PALETTE, Rgb};
use crate::http::Form;

/// A form's choice of a colour: one of the palette, none, or any other. Its radio buttons are `color`; the field of any other
/// is `other_color`, because a browser's own field of colours always has one.
pub struct ColorField {
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// Whether none is chosen.
    pub is_none: bool,
    /// Whether another one is chosen.
    pub is_other: bool,
    /// The other one, as browsers write colours.
    pub other: String,
    /// A text that is no colour, as some client has stored it.
    pub unknown: Option<String>,
}

/// A colour of the palette.
pub struct Choice {
    pub name: &'static str,
    pub fill: String,
    pub is_chosen: bool,
}

/// What the radio button of another colour has.
const OTHER: &str = "other";

impl ColorField {
    /// With this chosen, as it is stored.
    pub fn of(color: Option<&str>) -> Self {
        let color = color.filter(|color| !color.trim().is_empty());
        let rgb = color.and_then(Rgb::parse);
        let choices = PALETTE.map(|(name, of_palette)| Choice {
            name,
            fill: of_palette.to_string(),
            is_chosen: rgb == Some(of_palette),
        });
        let is_in_palette = choices.iter().any(|choice| choice.is_chosen);
        Self {
            choices: choices.into(),
            is_none: color.is_none(),
            is_other: rgb.is_some() && !is_in_palette,
            other: rgb.unwrap_or(PALETTE[0].1).to_string(),
            unknown: color.filter(|_| rgb.is_none()).map(str::to_owned),
        }
    }

    /// What a form has chosen; `None`: it has no such field. Nothing, where it is empty.
    pub fn sent(form: &Form) -> Option<&str> {
        match form.get("color") {
            Some(OTHER) => form.get("other_color"),
            chosen => chosen,
        }
    }

    /// What a form has chosen, where that is another colour than the one that is stored, however that is spelt.
    pub fn changed<'f>(form: &'f Form, stored: Option<&str>) -> Option<&'f str> {
        let sent = Self::sent(form)?;
        let is_same = match Rgb::parse(sent) {
            Some(rgb) => stored.and_then(Rgb::parse) == Some(rgb),
            None => sent == stored.unwrap_or_default(),
        };
        Some(sent).filter(|_| !is_same)
    }
}

#[cfg(test)]
mod tests {
    use super::ColorField;

    #[test]
    fn one_is_chosen_whatever_is_stored() {
        for (color, name, is_none, is_other, unknown) in [
            (None, None, true, false, None),
            (Some(" "), None, true, false, None),
            (Some("#2F5BD7"), Some("Blue"), false, false, None),
            (Some("tomato"), None, false, true, None),
            (Some("no colour"), None, false, false, Some("no colour")),
        ] {
            let field = ColorField::of(color);
            let chosen: Vec<_> =
                field.choices.iter().filter(|choice| choice.is_chosen).map(|choice| choice.name).collect();
            assert_eq!(chosen, name.into_iter().collect::<Vec<_>>(), "{color:?}");
            assert_eq!((field.is_none, field.is_other), (is_none, is_other), "{color:?}");
            assert_eq!(field.unknown.as_deref(), unknown, "{color:?}");
        }
        assert_eq!(ColorField::of(Some("tomato")).other, "#ff6347");
    }
}
