//! The API on the embedded engine, and what that engine promises of its file.

mod api;
#[path = "embedded/file.rs"]
mod file;

const ENGINE: api::support::Engine = api::support::Engine::Embedded;
