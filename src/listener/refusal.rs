use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use rocket::local::asynchronous::Client;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

use super::linger::linger;
use super::response::head;
use crate::http::{SecurityHeaders, Unreadable};

/// How long a client that cannot be read has to take its answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Answers what is no request, and ends the connection.
pub async fn refuse<S>(client: &Arc<Client>, mut stream: S, remote: SocketAddr, why: Unreadable)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut answer = why.answer(client, remote).await;
    let status = answer.status();
    let mut text = format!("HTTP/1.1 {} {}\r\n", status.code, status.reason_lossy());
    let security = SecurityHeaders::of("", client.rocket().config().tls_enabled());
    for (name, value) in head(&answer, security).headers() {
        write_to(&mut text, name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
    }
    let mut body = Vec::new();
    if let Err(error) = answer.read_to_end(&mut body).await {
        return tracing::error!("a refusal could not be written: {error}");
    }
    write_to(&mut text, "Content-Length", &body.len().to_string());
    write_to(&mut text, "Date", &Utc::now().format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    write_to(&mut text, "Connection", "close");
    text.push_str("\r\n");
    let whole = [text.as_bytes(), &body].concat();
    let taken = async {
        stream.write_all(&whole).await?;
        stream.shutdown().await
    };
    match timeout_at(Instant::now() + PATIENCE, taken).await {
        Ok(Ok(())) => linger(stream, remote).await,
        Ok(Err(error)) => tracing::debug!("{remote}: {error}"),
        Err(_) => tracing::debug!("{remote}: it did not take its refusal in time"),
    }
}

fn write_to(text: &mut String, name: &str, value: &str) {
    write!(text, "{name}: {value}\r\n").expect("a text takes what is written to it");
}
