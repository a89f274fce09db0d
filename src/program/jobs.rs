use std::fmt::Display;
use std::process::ExitCode;

use figment::Figment;
use persony::config::Config;
use persony::jobs::{Asked, Outcome, Run, Runner};
use tokio::runtime::Runtime;

use super::fail;

/// Prints a table of the jobs.
pub fn show(figment: &Figment) -> ExitCode {
    with_jobs(figment, async |jobs| match jobs.report().await {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(format!("Persony cannot show its jobs: {error}")),
    })
}

/// Runs one of them, and says what it did.
pub fn run(figment: &Figment, name: &str) -> ExitCode {
    with_jobs(figment, async |jobs| match jobs.run_now(name).await {
        Ok(Asked::Ran(run)) => say(name, &run),
        Ok(Asked::Held(holder)) => failed(name, format!("{holder} is at it")),
        Ok(Asked::Unknown) => fail(format!("There is no job {name}; there are {}", jobs.names().join(", "))),
        Err(error) => fail(format!("Persony cannot run {name}: {error}")),
    })
}

fn say(name: &str, Run { outcome, rows, .. }: &Run) -> ExitCode {
    match outcome {
        Outcome::Success => println!("{name}: ok, {rows} rows"),
        Outcome::Unfinished => println!("{name}: ok, {rows} rows, and there are more"),
        Outcome::Failure(failure, ..) => return failed(name, failure),
        Outcome::LeaseLost => return failed(name, "another instance took it over"),
        Outcome::Stopped => return failed(name, "it was stopped"),
    }
    ExitCode::SUCCESS
}

fn failed(name: &str, why: impl Display) -> ExitCode {
    println!("{name}: FAILED: {why}");
    ExitCode::FAILURE
}

fn with_jobs(figment: &Figment, work: impl AsyncFnOnce(&Runner) -> ExitCode) -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(format!("Persony cannot start: {error}")),
    };
    let code = runtime.block_on(async {
        let (database, audit) = match Config::background(figment) {
            Ok(settings) => settings,
            Err(error) => return fail(format!("Persony cannot look at its jobs: {error}")),
        };
        match persony::jobs_alone(database, audit) {
            Ok(jobs) => work(&jobs).await,
            Err(error) => fail(format!("Persony cannot look at its jobs: {error}")),
        }
    });
    // Who still tries to reach a database is not waited for.
    runtime.shutdown_background();
    code
}
