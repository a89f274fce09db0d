use std::io::{IsTerminal, stderr};

use rocket::config::LogLevel;
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Lines to the standard error stream. RUST_LOG chooses what is told; else `log_level` does, for
/// Persony and the libraries. Rocket tells of every request that it refuses, in lines whose target
/// ends in `_`: those are for debugging.
pub fn start(level: LogLevel) {
    let (default, details) = match level {
        LogLevel::Off => ("off", false),
        LogLevel::Critical => ("error,rocket=off", false),
        LogLevel::Normal => ("warn,persony=info,rocket=off", false),
        LogLevel::Debug => ("info,persony=debug", true),
    };
    let chosen = EnvFilter::try_from_default_env();
    let details = details || chosen.is_ok();
    let lines = fmt::layer()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_filter(filter_fn(move |line| details || !line.target().ends_with("::_")));
    tracing_subscriber::registry()
        .with(chosen.unwrap_or_else(|_| EnvFilter::new(default)))
        .with(lines)
        .init();
}
