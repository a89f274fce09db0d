use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use sha2::{Digest, Sha256};

use crate::http::is_known;

/// An event as its reader sees it, with the tag of just that.
pub struct ShownEvent(pub String);

impl ShownEvent {
    /// Its entity tag, a strong one (RFC 9110, section 8.8.3), with its quotes: of two that are not the same to the letter
    /// it is another one.
    pub fn tag(&self) -> String {
        tag(&self.0)
    }
}

/// The entity tag of a text.
pub fn tag(text: &str) -> String {
    let digest = Sha256::digest(text);
    let half: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{half}\"")
}

/// A 304 where the reader has it already.
impl<'r> Responder<'r, 'static> for ShownEvent {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let tag = self.tag();
        let mut response = match is_known(request, &tag) {
            true => Response::build().status(Status::NotModified).finalize(),
            false => Response::build_from(self.0.respond_to(request)?).header(ContentType::JSON).finalize(),
        };
        response.set_raw_header("ETag", tag);
        response.set_raw_header("Cache-Control", "private, no-cache");
        response.adjoin_raw_header("Vary", "Authorization, Cookie");
        Ok(response)
    }
}
