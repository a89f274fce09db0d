use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::{Instant, timeout_at};

/// How long a client may go on sending after its answer, which is time enough to see it.
const PATIENCE: Duration = Duration::from_secs(2);
const PIECE: usize = 16 * 1024;

/// Reads and throws away what a client still sends to a connection that we have ended: until it hangs up too,
/// or for so long. A connection closed on unread data is reset, and a reset takes from the client what it has
/// not read yet: its answer (RFC 9112, 9.6).
pub async fn linger(mut stream: impl AsyncRead + Unpin, remote: SocketAddr) {
    let mut buffer = vec![0; PIECE];
    let deadline = Instant::now() + PATIENCE;
    loop {
        match timeout_at(deadline, stream.read(&mut buffer)).await {
            Ok(Ok(0)) => return,
            Ok(Ok(_)) => {}
            Ok(Err(error)) => return tracing::debug!("{remote}: {error}"),
            Err(_) => return tracing::debug!("{remote}: it went on sending"),
        }
    }
}
