use super::Bounded;

/// An e-mail address as USERS.EMAIL keeps it: at most 255 bytes, compared exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(Bounded<255>);

impl Email {
    /// Takes what HTML calls a valid e-mail address, in any script (RFC 6532), whose domain has a
    /// dot.
    ///
    /// Source: <https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address>
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn parse(text: String) -> Result<Self, String> {
        let text = Bounded::parse(text)?;
        match text.as_str().rsplit_once('@') {
            Some((local, domain)) if is_local_part(local) && is_domain(domain) => Ok(Self(text)),
            _ => Err("Not a valid e-mail address".into()),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// RFC 5322's atext and dots. A quoted local part is nobody's address.
fn is_local_part(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| {
            is_letter_beyond_ascii(c) || c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c)
        })
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.split('.').all(is_label)
}

/// 1 to 63 bytes, letters, digits and inner hyphens.
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| is_letter_beyond_ascii(c) || c.is_ascii_alphanumeric() || c == '-')
}

fn is_letter_beyond_ascii(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn addresses_that_people_have_are_taken() {
        for text in [
            "john@example.com",
            "john.o'neil+calendar@mail.example.co.uk",
            "用户@例子.公司",
            "J_D-1@x1.io",
            &format!("{}@example.com", "a".repeat(243)),
        ] {
            assert_eq!(Email::parse(text.into()).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "john",
            "john@",
            "@example.com",
            "john@example",
            "john@@example.com",
            "jo hn@example.com",
            "john@exa mple.com",
            "john@.com",
            "john@example..com",
            "john@-example.com",
            "john@example.com.",
            "<john@example.com>",
            "john@example.com\n",
            "john@exam\u{0}ple.com",
            "a@b@example.com",
            "\u{a0}a@b.c",
        ] {
            assert_eq!(Email::parse(text.into()).unwrap_err(), "Not a valid e-mail address", "{text:?}");
        }
    }

    #[test]
    fn an_address_has_255_bytes_at_most() {
        let error = Email::parse(format!("{}@example.com", "é".repeat(122))).unwrap_err();
        assert_eq!(error, "Must not be longer than 255 bytes in UTF-8; this has 256");
    }
}
