//! The documentation goes out compressed, and only to those who lack it.

use std::io::Read;

use flate2::read::GzDecoder;

use crate::api::support::App;

const FILES: [&str; 8] = [
    "/docs",
    "/docs/index.html",
    "/docs/index.css",
    "/docs/swagger-initializer.js",
    "/docs/swagger-ui-bundle.js",
    "/docs/swagger-ui-standalone-preset.js",
    "/docs/swagger-ui.css",
    "/api/openapi.json",
];

struct Sent {
    status: u16,
    headers: ureq::http::HeaderMap,
    body: Vec<u8>,
}

impl Sent {
    /// The one header of this name; of several `Vary`, that of this kind of answer.
    fn header(&self, name: &str) -> Option<&str> {
        let values: Vec<_> = self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        match values[..] {
            [] => None,
            [value] => Some(value),
            // Below /api.
            [value, "Origin"] if name == "vary" => Some(value),
            _ => panic!("{name}: {values:?}"),
        }
    }

    fn tag(&self) -> &str {
        self.header("etag").unwrap()
    }

    /// Status, encoding, and whether there is a body.
    fn form(&self) -> (u16, Option<&str>, bool) {
        (self.status, self.header("content-encoding"), !self.body.is_empty())
    }
}

fn ask(app: &App, method: &str, path: &str, headers: &[(&str, &str)]) -> Sent {
    let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", app.base));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = app.agent.run(request.body(()).unwrap()).unwrap();
    let body = response.body_mut().read_to_vec().unwrap();
    Sent { status: response.status().as_u16(), headers: response.headers().clone(), body }
}

fn get(app: &App, path: &str, encodings: &str) -> Sent {
    ask(app, "GET", path, &[("Accept-Encoding", encodings)])
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut plain).unwrap();
    plain
}

#[test]
fn a_browser_gets_each_file_compressed_and_it_is_the_same_file() {
    let app = App::start();
    let (mut all_plain, mut all_packed) = (0, 0);
    for path in FILES {
        let (plain, packed) = (ask(&app, "GET", path, &[]), get(&app, path, "gzip, deflate, br, zstd"));
        assert_eq!(plain.form(), (200, None, true), "{path}");
        assert_eq!(packed.form(), (200, Some("gzip"), true), "{path}");
        assert!(unpacked(&packed.body) == plain.body, "{path}");
        assert!(packed.body.len() < plain.body.len(), "{path}");
        assert_ne!(plain.tag(), packed.tag(), "{path}");
        for sent in [&plain, &packed] {
            assert!(sent.tag().starts_with('"') && sent.tag().ends_with('"'), "a strong tag: {}", sent.tag());
            assert_eq!(sent.header("content-length"), Some(sent.body.len().to_string().as_str()), "{path}");
            assert_eq!(sent.header("content-type"), plain.header("content-type"));
            assert_eq!(sent.header("vary"), Some("Accept-Encoding"));
            assert_eq!(sent.header("cache-control"), Some("no-cache"));
        }
        (all_plain, all_packed) = (all_plain + plain.body.len(), all_packed + packed.body.len());
    }
    assert!(all_packed * 3 < all_plain, "{all_packed} of {all_plain}");
}

#[test]
fn who_does_not_take_gzip_does_not_get_it() {
    let app = App::start();
    for encodings in ["", "identity", "gzip;q=0", "gzip;q=0, *", "br", "*;q=0", "identity, gzip;q=0.5"] {
        for path in ["/docs/swagger-ui.css", "/api/openapi.json"] {
            assert_eq!(get(&app, path, encodings).form(), (200, None, true), "{encodings}");
        }
    }
    for encodings in ["gzip", "x-gzip", "*", "GZIP;Q=0.3", "identity;q=0.2, gzip;q=0.3"] {
        assert_eq!(get(&app, "/docs/swagger-ui.css", encodings).form(), (200, Some("gzip"), true));
    }
}

#[test]
fn a_picture_is_not_compressed_once_more() {
    let app = App::start();
    let picture = get(&app, "/docs/favicon-32x32.png", "gzip");
    assert_eq!((picture.form(), picture.header("vary")), ((200, None, true), None));
    assert_eq!(picture.header("content-type"), Some("image/png"));
    assert!(picture.body.starts_with(b"\x89PNG"));
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let app = App::start();
    for path in FILES {
        for encodings in ["identity", "gzip"] {
            let tag = get(&app, path, encodings).tag().to_owned();
            for known in [
                tag.clone(),
                format!("W/{tag}"),
                format!("\"another\", {tag}"),
                format!("{tag},W/\"another\""),
                "*".into(),
            ] {
                let headers = [("Accept-Encoding", encodings), ("If-None-Match", known.as_str())];
                let sent = ask(&app, "GET", path, &headers);
                assert_eq!(sent.form(), (304, None, false), "{path} {known}");
                assert_eq!(sent.tag(), tag);
                assert_eq!(sent.header("vary"), Some("Accept-Encoding"));
                assert_eq!(sent.header("cache-control"), Some("no-cache"));
            }
        }
    }
}

#[test]
fn what_it_has_in_another_encoding_or_version_is_sent() {
    let app = App::start();
    let path = "/docs/swagger-ui.css";
    let (plain, packed) = (get(&app, path, "identity"), get(&app, path, "gzip"));
    for (encodings, known) in
        [("identity", packed.tag()), ("gzip", plain.tag()), ("gzip", "\"another\""), ("gzip", "nonsense")]
    {
        let sent = ask(&app, "GET", path, &[("Accept-Encoding", encodings), ("If-None-Match", known)]);
        assert_eq!((sent.status, sent.body.is_empty()), (200, false), "{known}");
    }
}

#[test]
fn head_tells_all_of_it_but_the_body() {
    let app = App::start();
    for path in FILES {
        for encodings in ["identity", "gzip"] {
            let (whole, head) =
                (get(&app, path, encodings), ask(&app, "HEAD", path, &[("Accept-Encoding", encodings)]));
            assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
            for name in
                ["content-encoding", "content-length", "content-type", "etag", "vary", "cache-control"]
            {
                assert_eq!(head.header(name), whole.header(name), "{path} {name}");
            }
            let headers = [("Accept-Encoding", encodings), ("If-None-Match", whole.tag())];
            assert_eq!(ask(&app, "HEAD", path, &headers).form(), (304, None, false), "{path}");
        }
    }
}

#[test]
fn the_document_varies_by_origin_and_by_encoding() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    for origin in ["https://calendar.example.com", "https://evil.example"] {
        let reply = app.send("GET", "/api/openapi.json", &[("Origin", origin)], b"");
        assert_eq!(reply.header("vary").as_deref(), Some("Accept-Encoding, Origin"), "{origin}");
    }
}

#[test]
fn servers_with_different_documents_have_different_tags() {
    let tags = ["8", "12"].map(|length| {
        let app = App::with(&[("PASSWORD_MIN_LENGTH", length)]);
        get(&app, "/api/openapi.json", "gzip").tag().to_owned()
    });
    assert_ne!(tags[0], tags[1]);
}
