use std::io::{IsTerminal, stderr};

use persony::config::LogFormat;
use rocket::config::LogLevel;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Lines to the standard error stream. RUST_LOG chooses what is told; else `log_level` does, for
/// Persony and the libraries.
pub fn start(level: LogLevel, format: LogFormat) {
    let (default, details) = match level {
        LogLevel::Off => ("off", false),
        LogLevel::Critical => ("error,rocket=off", false),
        LogLevel::Normal => ("warn,persony=info,rocket=off", false),
        LogLevel::Debug => ("info,persony=debug", true),
    };
    let chosen = EnvFilter::try_from_default_env();
    let details = details || chosen.is_ok();
    let lines = fmt::layer().with_writer(stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let told = filter_fn(move |line| !shows_headers(line) && (details || !is_of_a_request(line)));
    tracing_subscriber::registry()
        .with(chosen.unwrap_or_else(|_| EnvFilter::new(default)))
        .with(lines.with_filter(told))
        .init();
}

/// Rocket tells of every request that it refuses, in lines whose target ends in `_`: those are for
/// debugging.
fn is_of_a_request(line: &Metadata<'_>) -> bool {
    line.target().ends_with("::_")
}

/// Below `info` Rocket and hyper print requests with all of their headers, access tokens among them.
fn shows_headers(line: &Metadata<'_>) -> bool {
    *line.level() > Level::INFO && ["rocket", "hyper"].iter().any(|library| is_of(line, library))
}

fn is_of(line: &Metadata<'_>, library: &str) -> bool {
    line.target().split("::").next() == Some(library)
}
