//! A server of a test's own, and how to talk to it.

mod client;
mod database;
mod server;

pub use client::{Reply, bearer, signed};
pub use server::{App, Program, TEST_KEY};

/// The database behind the server under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Embedded,
}
