use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// A connection that can be ended whatever its client does.
pub trait Abort {
    /// What was written and not taken is thrown away when the connection is closed, and the client is told
    /// so (RST). Else the system would keep it, and the connection, for a client that does not read.
    fn abort(&self);
}

impl Abort for TcpStream {
    fn abort(&self) {
        if let Err(error) = self.set_zero_linger() {
            tracing::debug!("a connection cannot be aborted: {error}");
        }
    }
}

impl Abort for TlsStream<TcpStream> {
    fn abort(&self) {
        self.get_ref().0.abort();
    }
}
