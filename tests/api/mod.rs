//! Persony as its clients see it: each test speaks HTTP to a server and a database of its own.
//!
//! The same tests run on each engine; the test target that includes them says on which.

pub mod support;

pub mod audit;
mod auth;
pub mod calendar;
mod common;
mod docs;
pub mod http;
pub mod jobs;
mod operators;
pub mod page;
pub mod sessions;
mod start;
pub mod stop;
mod tls;
pub mod users;
pub mod watch;
