use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Cursor, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{Responder, Response, Result as ResponseResult};
use sha2::{Digest, Sha256};

use super::unpacked::Unpacked;
use super::{is_known, prefers_gzip};

/// Something that stays as it is while the server runs. It is sent compressed to clients that take
/// gzip, and not at all to one that has it already.
pub struct Asset {
    content_type: ContentType,
    content: Content,
    /// Of the content's SHA-256, in hexadecimal.
    hash: String,
}

/// In the one form that is kept: compressed, unless that would be the longer one.
enum Content {
    Plain(Cow<'static, [u8]>),
    Packed(Cow<'static, [u8]>),
}

impl Asset {
    /// Compresses it, if that makes it shorter.
    ///
    /// # Errors
    /// None that writing to memory has.
    pub fn new(content_type: ContentType, plain: impl Into<Cow<'static, [u8]>>) -> io::Result<Self> {
        let plain = plain.into();
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&plain)?;
        let packed = packer.finish()?;
        let content = match packed.len() < plain.len() {
            true => Content::Packed(packed.into()),
            false => Content::Plain(plain),
        };
        Ok(Self::of(content_type, content))
    }

    /// What is compressed by gzip already.
    ///
    /// # Errors
    /// When it is not gzip's.
    pub fn packed(content_type: ContentType, packed: Cow<'static, [u8]>) -> io::Result<Self> {
        if packed.len() < Unpacked::length(&packed) {
            return Ok(Self::of(content_type, Content::Packed(packed)));
        }
        let mut plain = Vec::new();
        GzDecoder::new(&*packed).read_to_end(&mut plain)?;
        Ok(Self::of(content_type, Content::Plain(plain.into())))
    }

    /// Of its content, in hexadecimal: of another content it is another one.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    fn of(content_type: ContentType, content: Content) -> Self {
        let (Content::Plain(bytes) | Content::Packed(bytes)) = &content;
        let mut hash = String::new();
        for byte in &Sha256::digest(bytes)[..16] {
            // Writing to a String does not fail.
            let _ = write!(hash, "{byte:02x}");
        }
        Self { content_type, content, hash }
    }
}

impl<'r, 'o: 'r> Responder<'r, 'o> for &'o Asset {
    fn respond_to(self, request: &'r Request<'_>) -> ResponseResult<'o> {
        // It changes with the program alone, which nobody announces: ask each time.
        self.respond(request, "no-cache")
    }
}

/// A file whose address changes when it does: it may be kept for a year, and never asked for again meanwhile (RFC 8246).
pub struct Lasting<'o>(pub &'o Asset);

impl<'r, 'o: 'r> Responder<'r, 'o> for Lasting<'o> {
    fn respond_to(self, request: &'r Request<'_>) -> ResponseResult<'o> {
        self.0.respond(request, "public, max-age=31536000, immutable")
    }
}

impl Asset {
    fn respond<'r, 'o: 'r>(&'o self, request: &'r Request<'_>, cache: &'static str) -> ResponseResult<'o> {
        let Self { content_type, content, hash } = self;
        let packed = matches!(content, Content::Packed(_)) && prefers_gzip(request);
        let tag = if packed { format!("\"{hash}-gzip\"") } else { format!("\"{hash}\"") };
        let mut response = Response::build();
        response.raw_header("Cache-Control", cache);
        if matches!(content, Content::Packed(_)) {
            response.raw_header("Vary", "Accept-Encoding");
        }
        if is_known(request, &tag) {
            return response.raw_header("ETag", tag).status(Status::NotModified).ok();
        }
        response.raw_header("ETag", tag).header(content_type.clone());
        match content {
            Content::Plain(bytes) => response.sized_body(bytes.len(), Cursor::new(&**bytes)),
            Content::Packed(bytes) if packed => {
                response.raw_header("Content-Encoding", "gzip");
                response.sized_body(bytes.len(), Cursor::new(&**bytes))
            }
            Content::Packed(bytes) => response.sized_body(Unpacked::length(bytes), Unpacked::new(bytes)),
        };
        response.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gzip_makes_longer_is_kept_as_it_is() {
        for plain in [&b""[..], b"short"] {
            let kept = Asset::new(ContentType::Plain, plain.to_vec()).unwrap();
            assert!(matches!(&kept.content, Content::Plain(bytes) if **bytes == *plain));
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer.write_all(plain).unwrap();
            let unpacked = Asset::packed(ContentType::Plain, packer.finish().unwrap().into()).unwrap();
            assert!(matches!(&unpacked.content, Content::Plain(bytes) if **bytes == *plain));
        }
        let long = Asset::new(ContentType::Plain, "long ".repeat(100).into_bytes()).unwrap();
        assert!(matches!(long.content, Content::Packed(_)));
    }

    #[test]
    fn what_is_not_gzips_is_refused() {
        assert!(Asset::packed(ContentType::Plain, b"plain\0\0\0\0"[..].into()).is_err());
    }
}
