/// A text without regard to upper and lower case: characters for which Unicode's simple case folding has one are that one.
/// Characters that become several (`ß`, which is `SS` in upper case) stay, so that none is found where it is not.
pub fn fold(text: &str) -> String {
    text.chars().map(one).collect()
}

fn one(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    // By way of upper case: both small sigmas are one there.
    let upper = single(character.to_uppercase()).unwrap_or(character);
    single(upper.to_lowercase()).unwrap_or(upper)
}

fn single(mut characters: impl Iterator<Item = char>) -> Option<char> {
    let first = characters.next();
    first.filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_not_regarded_in_any_script() {
        for (one, other) in [
            ("Team Meeting", "tEAM mEETING"),
            ("ÄRZTE", "ärzte"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("ЗУБНОЙ ВРАЧ", "зубной врач"),
            ("ẞ", "ß"),
            ("ǅ", "ǆ"),
            ("\u{212a}", "k"),
            ("Ꭰ", "ꭰ"),
            ("𐐀", "𐐨"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn what_differs_stays_different() {
        for (one, other) in [("ß", "ss"), ("é", "e"), ("ﬁ", "fi"), ("会議", "会义")] {
            assert_ne!(fold(one), fold(other));
        }
    }
}
