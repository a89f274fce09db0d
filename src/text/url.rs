use rocket::http::uri::Reference;

/// An address of the Web (RFC 3986), of at most 2,000 bytes: http or https, for nobody is to be led anywhere else by following
/// it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(String);

/// What a column of it holds.
const MOST_BYTES: usize = 2000;

impl Url {
    /// Takes an address as it is spelt.
    ///
    /// # Errors
    /// What is wrong with it, for a person.
    pub fn parse(text: String) -> Result<Self, String> {
        if text.len() > MOST_BYTES {
            return Err(format!(
                "Must not be longer than {MOST_BYTES} bytes in UTF-8; this has {}",
                text.len()
            ));
        }
        let is_web = Reference::parse(&text).is_ok_and(|url| {
            let is = |name: &str| url.scheme().is_some_and(|scheme| scheme.eq_ignore_ascii_case(name));
            (is("http") || is("https"))
                && url.authority().is_some_and(|authority| !authority.host().is_empty())
        });
        if is_web {
            Ok(Self(text))
        } else {
            Err("Must be an address such as https://example.com/agenda".into())
        }
    }

    /// The address.
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn addresses_of_the_web_are_taken_as_they_are_and_no_others() {
        for text in ["https://example.com", "HTTP://example.com:8080/a/b?c=d#e", "https://[::1]/%20"] {
            assert_eq!(Url::parse(text.into()).unwrap().into_string(), text);
        }
        let long = format!("https://example.com/{}", "a".repeat(1981));
        for text in [
            "",
            "example.com",
            "/a",
            "https://",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://a b",
            &long,
        ] {
            assert!(Url::parse(text.into()).is_err(), "{text}");
        }
    }
}
