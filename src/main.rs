//! The program: reads the configuration and launches the server.

use std::io::IsTerminal;
use std::process::ExitCode;

use persony::config::{figment, rocket_config};
use rocket::config::LogLevel;
use rocket::error::ErrorKind;
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> ExitCode {
    let figment = figment();
    let config = match rocket_config(&figment) {
        Ok(config) => config,
        Err(error) => return fail(format!("Persony cannot start: {error}")),
    };
    start_logging(&config);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_name("persony")
        .worker_threads(config.workers)
        .max_blocking_threads(config.max_blocking)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(serve(figment, config.port)),
        Err(error) => fail(format!("Persony cannot start: {error}")),
    }
}

async fn serve(figment: figment::Figment, port: u16) -> ExitCode {
    let Err(error) = persony::build(figment).launch().await else { return ExitCode::SUCCESS };
    match error.kind() {
        // The fairing has told what is wrong.
        ErrorKind::FailedFairings(_) => ExitCode::FAILURE,
        ErrorKind::Bind(error) => fail(format!(
            "Persony cannot listen on port {port}: {error}. Is another server running? \
             ROCKET_PORT chooses another port."
        )),
        kind => fail(format!("Persony stopped: {kind}")),
    }
}

fn fail(message: String) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

/// Lines to the standard error stream. RUST_LOG chooses what is told; else `log_level` does, for
/// Persony and the libraries. Rocket tells of every request that it refuses, in lines whose target
/// ends in `_`: those are for debugging.
fn start_logging(config: &rocket::Config) {
    let (default, details) = match config.log_level {
        LogLevel::Off => ("off", false),
        LogLevel::Critical => ("error,rocket=off", false),
        LogLevel::Normal => ("warn,persony=info,rocket=off", false),
        LogLevel::Debug => ("info,persony=debug", true),
    };
    let chosen = EnvFilter::try_from_default_env();
    let details = details || chosen.is_ok();
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_filter(filter_fn(move |line| details || !line.target().ends_with("::_")));
    tracing_subscriber::registry()
        .with(chosen.unwrap_or_else(|_| EnvFilter::new(default)))
        .with(lines)
        .init();
}
