use crate::page::visitor::Visitor;

/// Languages that many people have, and what those call them. Any other tag is taken as well.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("ar-EG", "العربية (مصر)"),
    ("bg-BG", "Български"),
    ("bn-BD", "বাংলা (বাংলাদেশ)"),
    ("ca-ES", "Català"),
    ("cs-CZ", "Čeština"),
    ("da-DK", "Dansk"),
    ("de-AT", "Deutsch (Österreich)"),
    ("de-CH", "Deutsch (Schweiz)"),
    ("de-DE", "Deutsch (Deutschland)"),
    ("el-GR", "Ελληνικά"),
    ("en-AU", "English (Australia)"),
    ("en-CA", "English (Canada)"),
    ("en-GB", "English (United Kingdom)"),
    ("en-IE", "English (Ireland)"),
    ("en-IN", "English (India)"),
    ("en-US", "English (United States)"),
    ("es-AR", "Español (Argentina)"),
    ("es-ES", "Español (España)"),
    ("es-MX", "Español (México)"),
    ("et-EE", "Eesti"),
    ("eu-ES", "Euskara"),
    ("fa-IR", "فارسی"),
    ("fi-FI", "Suomi"),
    ("fr-BE", "Français (Belgique)"),
    ("fr-CA", "Français (Canada)"),
    ("fr-CH", "Français (Suisse)"),
    ("fr-FR", "Français (France)"),
    ("ga-IE", "Gaeilge"),
    ("he-IL", "עברית"),
    ("hi-IN", "हिन्दी"),
    ("hr-HR", "Hrvatski"),
    ("hu-HU", "Magyar"),
    ("id-ID", "Bahasa Indonesia"),
    ("is-IS", "Íslenska"),
    ("it-IT", "Italiano (Italia)"),
    ("ja-JP", "日本語"),
    ("ko-KR", "한국어"),
    ("lt-LT", "Lietuvių"),
    ("lv-LV", "Latviešu"),
    ("ms-MY", "Bahasa Melayu"),
    ("nb-NO", "Norsk bokmål"),
    ("nl-BE", "Nederlands (België)"),
    ("nl-NL", "Nederlands (Nederland)"),
    ("pl-PL", "Polski"),
    ("pt-BR", "Português (Brasil)"),
    ("pt-PT", "Português (Portugal)"),
    ("ro-RO", "Română"),
    ("ru-RU", "Русский"),
    ("sk-SK", "Slovenčina"),
    ("sl-SI", "Slovenščina"),
    ("sr-RS", "Српски"),
    ("sv-SE", "Svenska"),
    ("th-TH", "ไทย"),
    ("tr-TR", "Türkçe"),
    ("uk-UA", "Українська"),
    ("vi-VN", "Tiếng Việt"),
    ("zh-CN", "中文（中国）"),
    ("zh-TW", "中文（台灣）"),
];

/// What is said of a language that was not chosen yet.
pub fn unchosen(visitor: &Visitor) -> String {
    match &visitor.looks.language {
        Some(language) => format!("Not chosen yet: your browser asks for {}.", language.as_str()),
        None => "Not chosen yet.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::LANGUAGES;
    use crate::text::Locale;

    #[test]
    fn each_is_a_tag_as_it_is_kept_and_they_are_sorted() {
        for (tag, _) in LANGUAGES {
            assert_eq!(Locale::parse((*tag).to_owned()).unwrap().as_str(), *tag);
        }
        assert!(LANGUAGES.is_sorted_by(|(one, _), (other, _)| one < other));
    }
}
