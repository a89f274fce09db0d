use std::io::{self, Read, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll};

use flate2::read::GzDecoder;
use rocket::tokio::io::{AsyncRead, AsyncSeek, ReadBuf};

/// What is packed by gzip, unpacked as it is read: a buffer at a time, so that a large file neither
/// keeps a thread from others nor is ever in memory as a whole.
pub struct Unpacked<'a>(GzDecoder<&'a [u8]>);

impl<'a> Unpacked<'a> {
    pub fn new(packed: &'a [u8]) -> Self {
        Self(GzDecoder::new(packed))
    }

    /// How many bytes it has, as its last four say: RFC 1952, section 2.3.1.
    pub fn length(packed: &[u8]) -> usize {
        packed.last_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize)
    }
}

impl AsyncRead for Unpacked<'_> {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = self.get_mut().0.read(buffer.initialize_unfilled())?;
        buffer.advance(read);
        Poll::Ready(Ok(()))
    }
}

/// Rocket asks this of a body whose length it knows, and seeks only where it does not.
impl AsyncSeek for Unpacked<'_> {
    fn start_seek(self: Pin<&mut Self>, _: SeekFrom) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn poll_complete(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Poll::Ready(Err(io::ErrorKind::Unsupported.into()))
    }
}
