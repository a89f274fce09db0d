use std::collections::BTreeMap;
use std::time::Duration;

use rocket::data::{Data, DataStream, FromData, Outcome, ToByteUnit};
use rocket::tokio::io::AsyncReadExt;
use rocket::tokio::time::timeout;
use rocket::{Request, async_trait};
use serde_json::value::RawValue;

use super::{Error, Fields};

/// Bodies over this many bytes are refused.
const MAX_BYTES: usize = 64 * 1024;

/// How much of a refused body is read and thrown away, and how long its next piece is waited for.
/// A connection closed on unread data is reset, and the client might never see the answer.
const DISCARD_BYTES: usize = 1024 * 1024;
const DISCARD_WAIT: Duration = Duration::from_millis(100);

/// A request's body: a JSON object whose members are not decoded yet, whatever its
/// `Content-Type`. An unknown member is never looked into.
pub struct Body(BTreeMap<String, Box<RawValue>>);

impl Body {
    /// Reads the members one by one, and gathers what is wrong with them.
    pub fn fields(&self) -> Fields<'_> {
        Fields::new(&self.0)
    }
}

#[async_trait]
impl<'r> FromData<'r> for Body {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match read(request, data).await.and_then(|bytes| parse(&bytes)) {
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
async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Vec<u8>, Error> {
    let announced = request.headers().get_one("Content-Length").and_then(|length| length.parse::<u64>().ok());
    let mut stream = data.open((MAX_BYTES + DISCARD_BYTES).bytes());
    let mut bytes = Vec::new();
    if announced.is_none_or(|length| length <= MAX_BYTES as u64) {
        let failed = |error: std::io::Error| {
            tracing::debug!("the body broke off: {error}");
            Error::invalid("body", "The request body could not be read to its end")
        };
        (&mut stream).take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).await.map_err(failed)?;
        if bytes.len() <= MAX_BYTES {
            return Ok(bytes);
        }
    }
    // A client that waits for "100 Continue" has sent nothing that could be thrown away.
    if request.headers().get_one("Expect").is_none() {
        discard(stream).await;
    }
    Err(Error::body_too_large())
}

async fn discard(mut stream: DataStream<'_>) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(Ok(1..)) = timeout(DISCARD_WAIT, stream.read(&mut buffer)).await {}
}
