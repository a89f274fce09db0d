use std::pin::Pin;

use hyper::server::conn::http1::{Builder, UpgradeableConnection};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use super::abort::Abort;
use super::connection::{MAX_HEAD, Shared};
use super::linger::linger;
use super::patience::{Ended, Patient};
use super::refusal::refuse;
use super::server::Server;
use crate::http::Unreadable;

/// Answers what comes over a connection of HTTP/1.1 or 1.0, and refuses what is neither.
pub async fn talk<S>(server: &Server, stream: S, mut shared: Shared)
where
    S: AsyncRead + AsyncWrite + Abort + Unpin + Send + 'static,
{
    let mut connection = Builder::new()
        // Of ours: hyper has one for heads and idle connections alike.
        .header_read_timeout(None)
        .max_header_size(MAX_HEAD)
        .serve_connection(
            TokioIo::new(Patient::http1(stream, shared.under_way.clone(), server.settings.patience)),
            shared.answers(&server.client),
        )
        .with_upgrades();
    let ended = shared.until_told(Pin::new(&mut connection), UpgradeableConnection::graceful_shutdown).await;
    let Shared { under_way, remote, .. } = shared;
    if ended.is_ok() && !under_way.unread().is_any() {
        return;
    }
    // None where it has become something else.
    let Some((stream, why)) = connection.into_parts().map(|parts| parts.io.into_inner().into_inner()) else {
        return;
    };
    let Err(error) = ended else { return Box::pin(linger(stream, remote)).await };
    tracing::debug!("{remote}: {error}");
    let why = match why {
        Some(Ended::HeadTooLate) => Unreadable::HeadTooLate,
        Some(Ended::Refused) if error.is_parse_too_large() => Unreadable::HeadTooLarge,
        Some(Ended::Refused) => Unreadable::NoHttp,
        // HTTP/2 in clear: hyper says nothing to it.
        None if error.is_parse() && !under_way.any() && under_way.begun() == 0 => Unreadable::NoHttp,
        _ => return,
    };
    Box::pin(refuse(&server.client, stream, remote, why)).await;
}
