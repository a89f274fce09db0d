//! The server's own end of its connections: hyper reads requests, Rocket answers them in this process
//! (`rocket::local`), and each wait for a client has an end.
//!
//! HTTP/1.1 and 1.0; HTTP/2 over TLS for who asks for it (ALPN), and not in clear, where it would have to be
//! guessed from a connection's first bytes.

mod abort;
mod connection;
mod gateway;
mod http1;
mod http2;
mod linger;
mod patience;
mod port;
mod refusal;
mod request;
mod response;
mod server;
mod settings;
mod tls;
mod under_way;

#[cfg(test)]
mod tests;

pub use port::Port;
pub use server::Server;
pub use settings::{Keys as SettingsKeys, Settings};
pub use tls::acceptor;
