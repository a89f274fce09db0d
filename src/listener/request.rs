use std::borrow::Cow;
use std::net::SocketAddr;

use hyper::header::HOST;
use hyper::http::request::Parts;
use rocket::http::uri::{Host, Origin};
use rocket::http::{Header, Method};
use rocket::local::asynchronous::{Client, LocalRequest};

use crate::http::{STANDS_FOR_OTHERS, mark};
use crate::watch::Record;

/// The request as Rocket knows it. Its body is not with it.
pub fn local<'c>(
    client: &'c Client,
    parts: &'c Parts,
    target: &'c str,
    remote: SocketAddr,
) -> LocalRequest<'c> {
    let known = method(&parts.method);
    // Rocket says 400 to what it cannot read.
    let mut local = match Origin::parse(target) {
        Ok(origin) => client.req(known.unwrap_or(STANDS_FOR_OTHERS), origin),
        Err(_) => client.req(known.unwrap_or(STANDS_FOR_OTHERS), target),
    };
    local.set_remote(remote);
    let request = local.inner_mut();
    for (name, value) in &parts.headers {
        // Rocket's headers are UTF-8. What is none is as good as not there.
        if let Ok(value) = std::str::from_utf8(value.as_bytes()) {
            request.add_header(Header::new(name.as_str(), value));
        }
    }
    let authority = parts.uri.authority().map(|authority| authority.as_str());
    let host = authority.or_else(|| parts.headers.get(HOST).and_then(|host| host.to_str().ok()));
    if let Some(host) = host.and_then(|host| Host::parse(host).ok()) {
        request.set_host(host);
    }
    if known.is_none() {
        mark(request, parts.method.as_str());
        Record::begin_other(request);
    }
    // Rocket's jar of cookies stays empty: it keeps one of several without a word, and the header is read where
    // it matters (`http/cookies.rs`).
    local
}

/// The path and query that were asked for. What RFC 3986 has no place for, and clients send all the same
/// (`{}`, letters beyond ASCII), is percent-encoded: it is a path that is not there, not a broken request.
pub fn target(parts: &Parts) -> Cow<'_, str> {
    // An authority alone (CONNECT) has no path.
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    if Origin::parse(target).is_ok() {
        return target.into();
    }
    let bytes = target.as_bytes();
    let mut encoded = String::with_capacity(2 * bytes.len());
    if bytes.first() != Some(&b'/') {
        encoded.push('/');
    }
    for (index, byte) in bytes.iter().enumerate() {
        let escapes = *byte == b'%'
            && bytes.get(index + 1..index + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        match escapes || byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(byte) {
            true => encoded.push(char::from(*byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded.into()
}

/// Rocket's name of a method, where it has one.
fn method(of: &hyper::Method) -> Option<Method> {
    Some(match *of {
        hyper::Method::GET => Method::Get,
        hyper::Method::PUT => Method::Put,
        hyper::Method::POST => Method::Post,
        hyper::Method::DELETE => Method::Delete,
        hyper::Method::OPTIONS => Method::Options,
        hyper::Method::HEAD => Method::Head,
        hyper::Method::PATCH => Method::Patch,
        hyper::Method::CONNECT => Method::Connect,
        hyper::Method::TRACE => Method::Trace,
        _ => return None,
    })
}
