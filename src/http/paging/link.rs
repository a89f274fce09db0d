use rocket::Request;
use rocket::http::RawStr;

/// A page's own address: an absolute path, with all of its query but the cursor.
pub struct Here {
    path: String,
    others: Vec<String>,
}

impl Here {
    /// Of this request.
    pub fn of(request: &Request<'_>) -> Self {
        let uri = request.uri();
        let query = uri.query().map_or("", |query| query.as_str());
        let is_other = |pair: &&str| !pair.is_empty() && name(pair) != "cursor";
        Self {
            path: written(uri.path().as_str()),
            others: query.split('&').filter(is_other).map(written).collect(),
        }
    }

    /// The page from this cursor on, as `Link` names it (RFC 8288, section 3).
    pub fn next(&self, cursor: &str) -> String {
        let own = format!("cursor={cursor}");
        let pairs: Vec<_> = self.others.iter().map(String::as_str).chain([&*own]).collect();
        format!("<{}?{}>; rel=\"next\"", self.path, pairs.join("&"))
    }
}

fn name(pair: &str) -> String {
    let name = pair.split('=').next().unwrap_or_default();
    RawStr::new(name).url_decode_lossy().into_owned()
}

/// As RFC 3986 has it: what clients send beyond that would not stay within the link's brackets.
fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"%-._~!$&'()*+,;=:@/?".contains(&byte) {
            true => written.push(char::from(byte)),
            false => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}
