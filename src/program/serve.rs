use std::future::pending;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use figment::Figment;
use figment::providers::Serialized;
use persony::audit::LoginLog;
use persony::config::Config;
use persony::jobs::Runner;
use persony::listener::{Port, Server, acceptor};
use rocket::error::ErrorKind;
use rocket::local::asynchronous::Client;
use rocket::{Ignite, Rocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{Instant, timeout_at};

use super::{fail, open_files};

/// How long the end waits for the last logins to be written down, for other work that nobody waits for any
/// more, and then for a database that does not answer as its sessions are closed: with the grace and the
/// mercy within the ten seconds that Docker waits before it kills.
const LAST_LOGINS: Duration = Duration::from_millis(500);
const LAST_WORK: Duration = Duration::from_millis(500);
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
    let ended = runtime.block_on(serve_until_told(deaf(figment), config));
    runtime.shutdown_timeout(LAST_WORK);
    match ended {
        Ok(rocket) => {
            close(rocket);
            tracing::info!("Persony has stopped");
            ExitCode::SUCCESS
        }
        Err(failed) => {
            let code = explain(&failed, config);
            close(failed);
            code
        }
    }
}

/// Why nothing can be served.
enum Failed {
    Tls(io::Error),
    Bind(io::Error),
    Launch(Box<rocket::Error>),
}

/// Takes Rocket's own signal handling away, wherever it was asked for.
fn deaf(figment: Figment) -> Figment {
    figment
        .merge(Serialized::global("shutdown.ctrlc", false))
        .merge(Serialized::global("shutdown.signals", [(); 0]))
}

/// Takes the port, has Rocket make itself ready, and answers until told to stop. Gives Rocket back, unless
/// a request holds it that had to be cut off.
async fn serve_until_told(
    figment: Figment,
    config: &rocket::Config,
) -> Result<Option<Rocket<Ignite>>, Failed> {
    let launch = |error| Failed::Launch(Box::new(error));
    let tls = config
        .tls
        .as_ref()
        .filter(|_| config.tls_enabled())
        .map(acceptor)
        .transpose()
        .map_err(Failed::Tls)?;
    let port = Port::bind((config.address, config.port).into()).map_err(Failed::Bind)?;
    // The port that was given, where any would do: Rocket's configuration is what the start line reads.
    let figment = figment.merge(Serialized::global("port", port.address().port()));
    let rocket = persony::build(figment).ignite().await.map_err(launch)?;
    let settings = rocket.state::<Config>().expect("the configuration is managed on ignition").listener;
    let jobs = rocket.state::<Arc<Runner>>().map(Arc::clone);
    let login_log = rocket.state::<Arc<LoginLog>>().map(Arc::clone);
    let listener = port.open().map_err(Failed::Bind)?;
    let client = Arc::new(Client::untracked(rocket).await.map_err(launch)?);
    let grace = config.shutdown.grace;
    let mut end = Instant::now();
    let stop = async {
        told_to_stop().await;
        tracing::info!("Persony stops; requests under way have {grace} s");
        end = Instant::now() + Duration::from_secs(grace.into());
        if let Some(jobs) = &jobs {
            jobs.stop();
        }
        Duration::from_secs((grace + config.shutdown.mercy).into())
    };
    let server = Server { client: Arc::clone(&client), settings, tls };
    if !server.serve(listener, stop).await {
        tracing::warn!("requests that took too long were cut off");
    }
    // Requests have been answered; what nobody waits for has what is left of the grace.
    if let Some(jobs) = &jobs
        && timeout_at(end, jobs.stopped()).await.is_err()
    {
        tracing::warn!("a job was left in the middle: its lease runs out");
    }
    // Logins that were answered just now have as long as that, and a moment at least.
    let end = end.max(Instant::now() + LAST_LOGINS);
    if let Some(login_log) = login_log
        && !matches!(timeout_at(end, login_log.write()).await, Ok(Ok(())))
    {
        tracing::warn!("the last logins are not in the audit log: the database does not take them");
    }
    Ok(match Arc::try_unwrap(client) {
        Ok(client) => Some(client.terminate().await),
        // The runtime's end takes it away from what was cut off.
        Err(_) => None,
    })
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

fn explain(failed: &Failed, config: &rocket::Config) -> ExitCode {
    match failed {
        Failed::Tls(error) => fail(format!("Persony cannot start: ROCKET_TLS: {error}")),
        Failed::Bind(error) => fail(format!(
            "Persony cannot listen on port {}: {error}. Is another server running? \
             ROCKET_PORT chooses another port.",
            config.port
        )),
        Failed::Launch(error) => match error.kind() {
            // The fairing has told what is wrong.
            ErrorKind::FailedFairings(_) => ExitCode::FAILURE,
            kind => fail(format!("Persony cannot start: {kind}")),
        },
    }
}
