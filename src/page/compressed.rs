use std::io::{self, Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Status;
use rocket::{Request, Response, async_trait};

use crate::http::prefers_gzip;

/// Sends pages compressed to whoever takes gzip. A page has both what its address says and what its forms prove themselves by: no
/// page of elsewhere can have a browser ask for it again and again to guess the one by the other (BREACH), because cookies of
/// ours are sent with a whole page alone (SameSite=Lax).
pub struct Compressed;

/// Less is not worth it, in bytes.
const LEAST: usize = 1024;

#[async_trait]
impl Fairing for Compressed {
    fn info(&self) -> Info {
        Info { name: "Compressed pages", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let is_page = response.content_type().is_some_and(|kind| kind.is_html());
        // Files see to it themselves.
        let is_decided = response.headers().get("Vary").any(|vary| vary.contains("Accept-Encoding"));
        if !is_page || is_decided {
            return;
        }
        response.adjoin_raw_header("Vary", "Accept-Encoding");
        if !prefers_gzip(request) || response.body().preset_size().is_none_or(|size| size < LEAST) {
            return;
        }
        match response.body_mut().to_bytes().await.and_then(|plain| packed(&plain)) {
            Ok(packed) => {
                response.set_raw_header("Content-Encoding", "gzip");
                response.set_sized_body(packed.len(), Cursor::new(packed));
            }
            // Neither reading from memory nor writing to it fails; if it did, half a page must not be taken for whole.
            Err(error) => {
                tracing::error!("a page could not be compressed: {error}");
                response.set_status(Status::InternalServerError);
                response.set_sized_body(0, Cursor::new(""));
            }
        }
    }
}

fn packed(plain: &[u8]) -> io::Result<Vec<u8>> {
    // Each page is sent once: a tighter one would cost more of the processor than it saves on the way.
    let mut packer = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::fast());
    packer.write_all(plain)?;
    packer.finish()
}
