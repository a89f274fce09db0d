use std::collections::BTreeMap;

use rocket::data::{Data, FromData, Outcome};
use rocket::http::Status;
use rocket::{Request, async_trait};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use tokio::time::Instant;

use super::{Broken, Error, Fields, Settings, Submitted, Upload};

/// Bodies over this many bytes are refused.
const MAX_BYTES: usize = 64 * 1024;

/// A request's body: a JSON object whose members are not decoded yet, whatever its
/// `Content-Type`. An unknown member is never looked into.
pub struct Body(BTreeMap<String, Box<RawValue>>);

impl Body {
    /// Of members that came in another form, such as a page's.
    pub fn of<'n>(members: impl IntoIterator<Item = (&'n str, Value)>) -> Self {
        // A value is always JSON.
        let raw = |value: Value| to_raw_value(&value).unwrap_or_else(|_| RawValue::NULL.to_owned());
        Self(members.into_iter().map(|(name, value)| (name.to_owned(), raw(value))).collect())
    }

    /// Reads the members one by one, and gathers what is wrong with them.
    pub fn fields(&self) -> Fields<'_> {
        Fields::new(&self.0)
    }
}

/// No page's form makes JSON: whoever sends it can send a header, too.
impl Submitted for Body {
    fn csrf_token(&self) -> Option<&str> {
        None
    }
}

#[async_trait]
impl<'r> FromData<'r> for Body {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r, Self> {
        match read(request).await.and_then(|bytes| parse(&bytes)) {
            Ok(body) => Outcome::Success(body),
            Err(error) => error.in_guard(request),
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Body, Error> {
    serde_json::from_slice(bytes)
        .map(Body)
        .map_err(|_| Error::invalid("body", "The request body must be a JSON object"))
}

/// The whole body, if it is within the limit; too long a one is refused by its Content-Length, or
/// as soon as the limit is passed.
pub(super) async fn read(request: &Request<'_>) -> Result<Vec<u8>, Error> {
    let Some(mut upload) = Upload::take(request) else { return Ok(Vec::new()) };
    let settings = request.rocket().state::<Settings>().expect("settings are managed at the start");
    let deadline = Instant::now() + settings.request_body_timeout;
    let mut bytes = Vec::new();
    if upload.announced().is_none_or(|length| length <= MAX_BYTES as u64) {
        while let Some(piece) = upload.piece(deadline).await.map_err(broken)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > MAX_BYTES {
                break;
            }
        }
        if bytes.len() <= MAX_BYTES {
            return Ok(bytes);
        }
    }
    Err(Error::body_too_large())
}

fn broken(why: Broken) -> Error {
    tracing::debug!("the body broke off: {why}");
    match why {
        Broken::Late => Error::new(Status::RequestTimeout, "body", "The request body did not come in time"),
        Broken::Off(_) => Error::invalid("body", "The request body could not be read to its end"),
    }
}
