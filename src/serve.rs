use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use figment::Figment;
use rocket::error::ErrorKind;
use rocket::{Ignite, Rocket};

use crate::{fail, open_files};

/// How long the end waits for work that nobody waits for any more, and then for a database that
/// does not answer as its sessions are closed.
const LAST_WORK: Duration = Duration::from_secs(1);
const CLOSE_SESSIONS: Duration = Duration::from_secs(2);

/// How often requests under way are looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

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
    let (ended, all_answered) = runtime.block_on(async {
        let ended = persony::build(figment).launch().await;
        let all_answered = finish_requests(&ended, config).await;
        (ended, all_answered)
    });
    runtime.shutdown_timeout(LAST_WORK);
    match ended {
        Err(error) if !all_answered => {
            let code = explain(&error, config);
            close(error);
            code
        }
        ended => {
            close(ended);
            tracing::info!("Persony has stopped");
            ExitCode::SUCCESS
        }
    }
}

/// Does what Rocket leaves undone where a connection comes in as it is told to stop: it can take
/// the end of its listener for that of the server, and then neither runs the shutdown's fairings
/// nor waits for requests under way. `true` when none is left.
async fn finish_requests(ended: &Result<Rocket<Ignite>, rocket::Error>, config: &rocket::Config) -> bool {
    let Err(error) = ended else { return true };
    let ErrorKind::Shutdown(rocket, None) = error.kind() else { return false };
    if !persony::announce_stop(rocket) {
        return false;
    }
    let patience = Duration::from_secs((config.shutdown.grace + config.shutdown.mercy).into());
    let end = Instant::now() + patience;
    // Each connection with a request holds the server.
    while Arc::strong_count(rocket) > 1 && Instant::now() < end {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Arc::strong_count(rocket) == 1
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
