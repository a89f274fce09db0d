/// Where a login leads: a path of this server and nothing else, whatever the address says.
pub fn next(asked_for: Option<&str>) -> &str {
    match asked_for {
        Some(path) if is_ours(path) => path,
        _ => "/",
    }
}

/// Browsers read `\` as `/`, and leave out tabs and line breaks.
fn is_ours(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn a_login_leads_nowhere_else() {
        for path in ["/", "/calendar/month/2026-11?q=%C3%A9", "/events/1?occurrence=2026-11-28T10:00:00Z"] {
            assert_eq!(next(Some(path)), path);
        }
        for path in [
            "",
            "//example.com",
            "/\\example.com",
            "https://example.com",
            "/\t/example.com",
            "a",
            "/ä",
            "/\n",
        ] {
            assert_eq!(next(Some(path)), "/", "{path:?}");
        }
        assert_eq!(next(None), "/");
    }
}
