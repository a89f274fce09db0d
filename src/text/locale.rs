use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use super::Bounded;

/// A language tag of BCP 47 (<https://www.rfc-editor.org/info/bcp47>) in its canonical form: at most 64
/// bytes, without extended languages (`yue`, not `zh-yue`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(value_type = String, max_length = 64, example = "de-AT")]
pub struct Locale(Cow<'static, str>);

/// Bytes that a tag may have. RFC 5646, section 4.4.1, wants room for 35.
const MAX_BYTES: usize = 64;

impl Locale {
    /// Takes a well-formed tag in upper or lower case, as Unicode's locale identifiers are
    /// (<https://www.unicode.org/reports/tr35/#BCP_47_Conformance>): all of BCP 47 but extended languages,
    /// for which there is a shorter tag (`yue` for `zh-yue`), and what was registered before it. It need
    /// not name a language that anybody speaks.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn parse(text: String) -> Result<Self, String> {
        let text = Bounded::<MAX_BYTES>::parse(text)?;
        match icu_locale_core::Locale::try_from_str(text.as_str()) {
            Ok(locale) => Ok(Self(locale.to_string().into())),
            Err(_) => Err("Must be a language tag of BCP 47 such as en or de-AT".into()),
        }
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// English.
impl Default for Locale {
    fn default() -> Self {
        Self("en".into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Locale;

    #[test]
    fn a_well_formed_tag_is_taken_in_its_canonical_form() {
        for (text, canonical) in [
            ("en", "en"),
            ("DE-at", "de-AT"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("SR-LATN-RS", "sr-Latn-RS"),
            ("es-419", "es-419"),
            ("sl-rozaj-biske-1994", "sl-1994-biske-rozaj"),
            ("en-u-kn-true", "en-u-kn"),
            ("en-b-ccc-a-bbb-x-A", "en-a-bbb-b-ccc-x-a"),
            ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk"),
            ("qaa-Qaaa-QM-x-southern", "qaa-Qaaa-QM-x-southern"),
            ("und", "und"),
        ] {
            assert_eq!(Locale::parse(text.into()).unwrap().as_str(), canonical);
        }
        assert_eq!(Locale::parse("EN".into()), Ok(Locale::default()));
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for text in [
            "",
            "e",
            "english",
            "en_US",
            "de_DE.UTF-8",
            "C",
            "en-",
            "-en",
            "en--US",
            "en-US-GB",
            "zh-yue",
            "i-klingon",
            "de-1996-1996",
            "en-a",
            "en-x",
            "én",
            "en-\u{0}",
            "en us",
        ] {
            let error = Locale::parse(text.into()).unwrap_err();
            assert_eq!(error, "Must be a language tag of BCP 47 such as en or de-AT", "{text:?}");
        }
    }

    #[test]
    fn a_tag_has_64_bytes_at_most() {
        let longest = format!("en-x{}-abc", "-abcdefg".repeat(7));
        assert_eq!(Locale::parse(longest.clone()).unwrap().as_str(), longest);
        let error = Locale::parse(longest + "d").unwrap_err();
        assert_eq!(error, "Must not be longer than 64 bytes in UTF-8; this has 65");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_taken_is_kept_as_it_is_the_next_time(
            text in "[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-[a-zA-Z]{2})?(-[a-z0-9]{5,8}){0,2}(-u-[a-z]{2}(-[a-z]{3,8}){0,2})?(-x-[a-zA-Z0-9]{1,8})?"
        ) {
            if let Ok(locale) = Locale::parse(text.clone()) {
                prop_assert!(locale.as_str().len() <= text.len());
                prop_assert_eq!(Locale::parse(locale.as_str().to_owned()), Ok(locale));
            }
        }
    }
}
