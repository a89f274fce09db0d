use std::pin::pin;
use std::time::Duration;

use hyper::server::conn::http2::{Builder, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};

use super::abort::Abort;
use super::connection::{MAX_HEAD, MAX_STREAMS, Shared};
use super::patience::Patient;
use super::server::Server;

/// A client that answers no ping within twice this is taken for gone.
const PING: Duration = Duration::from_secs(20);

/// Answers what comes over a connection of HTTP/2.
pub async fn talk<S>(server: &Server, stream: S, mut shared: Shared)
where
    S: AsyncRead + AsyncWrite + Abort + Unpin + Send + 'static,
{
    let connection = pin!(
        Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            // Larger ones it refuses by itself, without a word; those in between get one (see `gateway`).
            .max_header_list_size(2 * MAX_HEAD as u32)
            .keep_alive_interval(PING)
            .keep_alive_timeout(PING)
            .serve_connection(
                TokioIo::new(Patient::http2(stream, shared.under_way.clone(), server.settings.patience)),
                shared.answers(&server.client),
            )
    );
    if let Err(error) = shared.until_told(connection, Connection::graceful_shutdown).await {
        tracing::debug!("{}: {error}", shared.remote);
    }
}
