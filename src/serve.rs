use std::process::ExitCode;
use std::time::Duration;

use figment::Figment;
use rocket::error::ErrorKind;

use crate::fail;

/// How long work off the async threads is waited for when the server has shut down.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// Serves until the process is told to stop.
pub fn serve(figment: Figment, config: &rocket::Config) -> ExitCode {
    // Not Rocket's own runtime, which would read its settings past `.env`.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_name("persony")
        .worker_threads(config.workers)
        .max_blocking_threads(config.max_blocking)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => {
            let code = runtime.block_on(launch(figment, config));
            // What still waits for a database that does not answer ends with the process.
            runtime.shutdown_timeout(LAST_WAIT);
            code
        }
        Err(error) => fail(format!("Persony cannot start: {error}")),
    }
}

async fn launch(figment: Figment, config: &rocket::Config) -> ExitCode {
    let Err(error) = persony::build(figment).launch().await else { return ExitCode::SUCCESS };
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
        kind => fail(format!("Persony stopped: {kind}")),
    }
}
