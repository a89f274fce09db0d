use rocket::Request;

/// Holds an access token. The names are Flask-JWT-Extended's, whose pages share them.
pub const ACCESS_COOKIE: &str = "access_token_cookie";
/// Holds the refresh token beside it.
pub const REFRESH_COOKIE: &str = "refresh_token_cookie";
/// Holds what a page has to send along with the access token.
pub const CSRF_ACCESS_COOKIE: &str = "csrf_access_token";
/// Holds what it has to send along with the refresh token.
pub const CSRF_REFRESH_COOKIE: &str = "csrf_refresh_token";

const OURS: [&str; 4] = [ACCESS_COOKIE, REFRESH_COOKIE, CSRF_ACCESS_COOKIE, CSRF_REFRESH_COOKIE];

/// No browser keeps a longer cookie, in bytes.
const MAX_BYTES: usize = 4096;

/// What a request has under a cookie's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented<'r> {
    /// Nothing.
    Nothing,
    /// This value.
    One(&'r str),
    /// More than one value, or what no browser sends. Which of two is ours cannot be known: another
    /// server of the same domain can set one beside it, and say by its path which comes first (RFC 6265,
    /// section 8.6).
    Unclear,
}

/// What a request has under this name. Rocket's own jar keeps the last of several.
pub fn presented<'r>(request: &'r Request<'_>, name: &str) -> Presented<'r> {
    among(request.headers().get("Cookie"), name)
}

/// Whether a request brings any cookie of ours.
pub fn brings_ours(request: &Request<'_>) -> bool {
    pairs(request.headers().get("Cookie")).any(|(name, _)| OURS.contains(&name))
}

fn among<'h>(lines: impl Iterator<Item = &'h str>, name: &str) -> Presented<'h> {
    let values = pairs(lines).filter(|(found, value)| *found == name && !value.is_empty());
    values.fold(Presented::Nothing, |presented, (_, value)| match presented {
        Presented::Nothing if value.len() <= MAX_BYTES => Presented::One(value),
        Presented::One(one) if one == value => presented,
        _ => Presented::Unclear,
    })
}

fn pairs<'h>(lines: impl Iterator<Item = &'h str>) -> impl Iterator<Item = (&'h str, &'h str)> {
    lines.flat_map(|line| line.split(';')).filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim(), value.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_and_is_unclear_where_two_differ() {
        use Presented::{Nothing, One, Unclear};
        let (long, longest) = (format!("a={}", "x".repeat(4097)), format!("a={}", "x".repeat(4096)));
        for (lines, found) in [
            (&[][..], Nothing),
            (&[""], Nothing),
            (&["a"], Nothing),
            (&["a="], Nothing),
            (&["A=1; aa=2; b=a=3"], Nothing),
            (&["a=1"], One("1")),
            (&["b=2;a=1;c"], One("1")),
            (&["b=2", " a = 1 "], One("1")),
            (&["a=b=c"], One("b=c")),
            (&["a=1; a=1"], One("1")),
            (&["a=; a=1"], One("1")),
            (&["a=1; a=2"], Unclear),
            (&["a=1", "a=2"], Unclear),
            (&["a=1; a=2; a=1"], Unclear),
            (&[&longest], One(&longest[2..])),
            (&[&long], Unclear),
        ] {
            assert_eq!(among(lines.iter().copied(), "a"), found, "{lines:?}");
        }
    }
}
