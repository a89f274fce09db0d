//! A server of a test's own, and how to talk to it.

mod client;
pub mod database;
mod server;

pub use client::{Reply, bearer, signed};
pub use server::{App, Program, TEST_KEY};

/// The database behind the server under test. Each target constructs one of them.
#[allow(dead_code)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Embedded,
    /// A real one where PERSONY_TEST_ORACLE_DSN is set, else the stand-in for its client.
    Oracle,
}
