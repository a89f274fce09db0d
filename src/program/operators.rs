use std::process::ExitCode;

use figment::Figment;
use persony::config::Config;
use persony::{NotDone, Operators};
use tokio::runtime::Runtime;

use super::{fail, say};

/// Prints all accounts.
pub fn list(figment: &Figment) -> ExitCode {
    with_operators(figment, async |operators| operators.list(|table| say(&table)).await)
}

/// Prints one account, and where it is logged in.
pub fn show(figment: &Figment, email: &str) -> ExitCode {
    with_operators(figment, async |operators| Ok(say(&operators.show(email).await?)?))
}

/// Prints what was done to an account, the newest first.
pub fn audit(figment: &Figment, email: &str) -> ExitCode {
    with_operators(figment, async |operators| operators.audit(email, |table| say(&table)).await)
}

fn with_operators(figment: &Figment, work: impl AsyncFnOnce(&Operators) -> Result<(), NotDone>) -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(format!("Persony cannot start: {error}")),
    };
    let code = runtime.block_on(async {
        let database = match Config::database(figment) {
            Ok(database) => database,
            Err(error) => return fail(format!("Persony cannot look at its accounts: {error}")),
        };
        let operators = match persony::operators_alone(database) {
            Ok(operators) => operators,
            Err(error) => return fail(format!("Persony cannot look at its accounts: {error}")),
        };
        match work(&operators).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(failed) => fail(format!("Persony did not do that: {failed}")),
        }
    });
    // Who still tries to reach a database is not waited for.
    runtime.shutdown_background();
    code
}
