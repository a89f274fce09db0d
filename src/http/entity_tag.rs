use rocket::Request;

/// Whether the client has this already, as its `If-None-Match` says: RFC 9110, section 13.1.2. The tag
/// comes with its quotes. Weak tags count as strong ones do.
pub fn is_known(request: &Request<'_>, tag: &str) -> bool {
    is_among(request.headers().get("If-None-Match"), tag)
}

/// Commas could be in a tag, but are in none of ours: a tag that has them is split into what is none.
fn is_among<'h>(lines: impl Iterator<Item = &'h str>, tag: &str) -> bool {
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|known| {
        let opaque = known.strip_prefix("W/").unwrap_or(known);
        known == "*" || opaque == tag
    })
}

#[cfg(test)]
mod tests {
    use super::is_among;

    #[test]
    fn a_tag_is_known_alone_in_a_list_weakly_or_by_an_asterisk() {
        for (lines, known) in [
            (&["\"a-gzip\""][..], true),
            (&["\"b\", W/\"c\" ,\"a-gzip\""], true),
            (&["\"b\"", "W/\"a-gzip\""], true),
            (&["*"], true),
            (&[], false),
            (&[""], false),
            (&["\"a\""], false),
            (&["a-gzip"], false),
            (&["w/\"a-gzip\""], false),
            (&["\"x,a-gzip\""], false),
        ] {
            assert_eq!(is_among(lines.iter().copied(), "\"a-gzip\""), known, "{lines:?}");
        }
    }
}
