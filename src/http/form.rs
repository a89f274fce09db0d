use std::sync::{Arc, OnceLock};

use rocket::data::{Data, FromData, Outcome};
use rocket::http::RawStr;
use rocket::{Request, async_trait};
use utoipa::ToSchema;

use super::Error;
use super::body::read;

/// The field of a form that holds what a page's script would send as `X-CSRF-TOKEN`.
const CSRF_TOKEN: &str = "csrf_token";

/// A body that may say that the page which sent it knows its user's cookies.
pub trait Submitted {
    /// What it says so by.
    fn csrf_token(&self) -> Option<&str>;
}

/// The body of a page's form (`application/x-www-form-urlencoded`), at most 64 KiB. A body of any other kind
/// is left as it is, and there are no fields. Nobody looks at a field that is not asked for.
#[derive(Clone)]
pub struct Form(Arc<[(String, String)]>);

/// What a page's form says in the place of `X-CSRF-TOKEN`.
#[derive(ToSchema)]
#[schema(as = CsrfForm)]
#[expect(dead_code, reason = "what is read, for the document")]
pub struct CsrfForm {
    /// What `csrf_access_token` has.
    #[schema(example = "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")]
    csrf_token: Option<String>,
}

impl Form {
    /// Fields that stand in an address, behind its question mark.
    pub fn of(query: &str) -> Self {
        Self(fields(query))
    }

    /// What a request brings. It is read once, and known from then on.
    ///
    /// # Errors
    /// A 400, 408 or 413 on `body`, where it does not come or is too large.
    pub async fn read(request: &Request<'_>) -> Result<Self, Error> {
        if let Some(form) = Self::of_request(request) {
            return Ok(form.clone());
        }
        let bytes = if Self::is_sent(request) { read(request).await? } else { Vec::new() };
        let form = Self(fields(&String::from_utf8_lossy(&bytes)));
        request.local_cache(OnceLock::<Self>::new).get_or_init(|| form.clone());
        Ok(form)
    }

    /// What a request has brought, if it has been read.
    pub fn of_request<'r>(request: &'r Request<'_>) -> Option<&'r Self> {
        request.local_cache(OnceLock::<Self>::new).get()
    }

    /// Whether a request brings one.
    pub fn is_sent(request: &Request<'_>) -> bool {
        request.content_type().is_some_and(|of| of.is_form())
    }

    /// What a field has; of several of a name the first one. `None`: it was not sent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// What all fields of a name have, in their order.
    pub fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// All fields, in their order.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }
}

impl Submitted for Form {
    fn csrf_token(&self) -> Option<&str> {
        self.get(CSRF_TOKEN)
    }
}

#[async_trait]
impl<'r> FromData<'r> for Form {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r, Self> {
        match Self::read(request).await {
            Ok(form) => Outcome::Success(form),
            Err(error) => error.in_guard(request),
        }
    }
}

fn fields(text: &str) -> Arc<[(String, String)]> {
    let decoded = |text| RawStr::new(text).url_decode_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_found_among_others_however_it_is_written() {
        for (text, found) in [
            ("csrf_token=a-b", Some("a-b")),
            ("x=1&csrf_token=a&y", Some("a")),
            ("&&csrf%5Ftoken=%61+b", Some("a b")),
            ("csrf_token=a&csrf_token=b", Some("a")),
            ("csrf_token=", Some("")),
            ("csrf_token", Some("")),
            ("", None),
            ("CSRF_TOKEN=a&xcsrf_token=b&a=csrf_token", None),
            ("{\"csrf_token\":\"a\"}", None),
        ] {
            assert_eq!(Form(fields(text)).csrf_token(), found, "{text}");
        }
    }
}
