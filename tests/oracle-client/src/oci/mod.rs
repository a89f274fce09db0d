//! The OCI calls that ODPI-C makes, under the names by which it looks them up.
//!
//! The only unsafe code of this crate is here: reading and writing memory that the caller owns.
//! Handles themselves are never memory (see `handles`), so no call can touch a freed one.

mod answer;
mod array;
mod attributes;
mod bind;
mod buffer;
mod connection;
mod context;
mod define;
mod describe;
mod environment;
mod error;
mod execute;
mod fetch;
mod handles;
mod lease;
mod lob;
mod number;
mod pool;
mod prepare;
mod raw;
mod server;
mod session;
mod session_get;
mod statement;
mod threads;
mod timestamp;

#[cfg(test)]
mod tests;
