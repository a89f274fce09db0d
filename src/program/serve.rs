use std::future::pending;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use figment::Figment;
use figment::providers::Serialized;
use persony::jobs::Runner;
use rocket::error::ErrorKind;
use rocket::{Build, Ignite, Rocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{Instant, timeout_at};

use super::{fail, open_files};

/// How long the end waits for work that nobody waits for any more, and then for a database that
/// does not answer as its sessions are closed.
const LAST_WORK: Duration = Duration::from_secs(1);
const CLOSE_SESSIONS: Duration = Duration::from_secs(2);

/// Serves until the process is told to stop.
pub fn serve(figment: Figment, config: &rocket::Config) -> ExitCode {
    open_files::raise_limit();
    // Not Rocket's own runtime, which would read its settings past `.env`.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_name("persony")
        .worker_threads(config.workers)
        .max_blocking_threads(config.max_blocking)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return fail(format!("Persony cannot start: {error}")),
    };
    let ended = runtime.block_on(serve_until_told(persony::build(deaf(figment))));
    runtime.shutdown_timeout(LAST_WORK);
    match ended {
        Ok(rocket) => {
            close(rocket);
            tracing::info!("Persony has stopped");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let code = explain(&error, config);
            close(error);
            code
        }
    }
}

/// Takes Rocket's own signal handling away, wherever it was asked for.
fn deaf(figment: Figment) -> Figment {
    figment
        .merge(Serialized::global("shutdown.ctrlc", false))
        .merge(Serialized::global("shutdown.signals", [(); 0]))
}

/// Tells Rocket to stop while Rocket is not at work. Its own signal handling trips the shutdown from
/// another task: if that comes between the two looks that it takes in turn, it finds its listener at
/// an end and no shutdown, and returns at once, whatever is under way.
async fn serve_until_told(rocket: Rocket<Build>) -> Result<Rocket<Ignite>, rocket::Error> {
    let rocket = rocket.ignite().await?;
    let (shutdown, grace) = (rocket.shutdown(), rocket.config().shutdown.grace);
    let jobs = rocket.state::<Arc<Runner>>().map(Arc::clone);
    let mut launch = pin!(rocket.launch());
    tokio::select! {
        biased;
        () = told_to_stop() => {
            tracing::info!("Persony stops; requests under way have {grace} s");
            shutdown.notify();
        }
        ended = &mut launch => return ended,
    }
    let end = Instant::now() + Duration::from_secs(grace.into());
    let ended = launch.await;
    // Requests have been answered; what nobody waits for has what is left of the grace.
    if let Some(jobs) = jobs
        && timeout_at(end, jobs.stopped()).await.is_err()
    {
        tracing::warn!("a job was left in the middle: its lease runs out");
    }
    ended
}

/// Waits for SIGTERM or Ctrl-C. Later ones change nothing.
async fn told_to_stop() {
    let told = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    let [Ok(mut terminate), Ok(mut interrupt)] = told else {
        tracing::warn!("the system does not tell Persony of signals: they end it at once");
        return pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Drops what the handlers shared, and with it the pool, which ends each of its sessions.
fn close(shared: impl Send + 'static) {
    let (closed, is_closed) = channel();
    thread::spawn(move || {
        drop(shared);
        closed.send(())
    });
    if is_closed.recv_timeout(CLOSE_SESSIONS).is_err() {
        tracing::warn!("sessions were left for the database to end: it does not answer");
    }
}

fn explain(error: &rocket::Error, config: &rocket::Config) -> ExitCode {
    match error.kind() {
        // The fairing has told what is wrong.
        ErrorKind::FailedFairings(_) => ExitCode::FAILURE,
        // Rocket reads the certificate and the key as it binds. The system's errors have a number.
        ErrorKind::Io(error) | ErrorKind::Bind(error)
            if config.tls_enabled() && error.raw_os_error().is_none() =>
        {
            fail(format!("Persony cannot start: ROCKET_TLS: {error}"))
        }
        ErrorKind::Bind(error) => fail(format!(
            "Persony cannot listen on port {}: {error}. Is another server running? \
             ROCKET_PORT chooses another port.",
            config.port
        )),
        ErrorKind::Shutdown(_, None) => {
            tracing::warn!("requests that took too long were cut off");
            ExitCode::SUCCESS
        }
        kind => fail(format!("Persony stopped: {kind}")),
    }
}
