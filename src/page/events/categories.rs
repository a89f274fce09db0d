//! Categories as one field has them: names with commas between. A comma within a name has a backslash before it, as in
//! RFC 5545, section 3.3.11.

/// The field's text.
pub fn written(names: &[String]) -> String {
    let escaped = names.iter().map(|name| name.replace('\\', r"\\").replace(',', r"\,"));
    escaped.collect::<Vec<_>>().join(", ")
}

/// The names in it, without blanks around them.
pub fn read(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ',' => {
                names.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            letter => letter,
        };
        if let Some(last) = names.last_mut() {
            last.push(letter);
        }
    }
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_stand_with_commas_between() {
        assert_eq!(written(&["Work".into(), "Travel, far".into()]), r"Work, Travel\, far");
        assert_eq!(read(" Work,, Travel , "), ["Work", "Travel"]);
        assert_eq!(read(r"a\"), [r"a\"]);
        assert!(read("").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(names in proptest::collection::vec("[a,\\\\ ü]{0,3}[b,\\\\]", 0..5)) {
            let names: Vec<_> = names.iter().map(|name| name.trim().to_owned()).collect();
            prop_assert_eq!(read(&written(&names)), names);
        }
    }
}
