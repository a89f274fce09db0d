//! The API on the embedded engine.

mod api;

const ENGINE: api::support::Engine = api::support::Engine::Embedded;
