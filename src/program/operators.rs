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

/// What an operator does to an account.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    Deactivate,
    Activate,
    ResetPassword,
    EndSessions,
    Erase,
    Restore,
}

/// Does it, and says what became of it.
pub fn act(figment: &Figment, act: Act, email: &str) -> ExitCode {
    with_operators(figment, async |operators| {
        let said = match act {
            Act::Deactivate => operators.deactivate(email).await?,
            Act::Activate => operators.activate(email).await?,
            Act::ResetPassword => operators.reset_password(email).await?,
            Act::EndSessions => operators.end_sessions(email).await?,
            Act::Erase => operators.erase(email).await?,
            Act::Restore => operators.restore(email).await?,
        };
        Ok(say(&said)?)
    })
}

/// Prints all that is known of a person, as one JSON document.
pub fn export(figment: &Figment, email: &str) -> ExitCode {
    with_operators(figment, async |operators| operators.export(email, &mut tokio::io::stdout()).await)
}

fn with_operators(figment: &Figment, work: impl AsyncFnOnce(&Operators) -> Result<(), NotDone>) -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(format!("Persony cannot start: {error}")),
    };
    let code = runtime.block_on(async {
        let settings = match Config::operators(figment) {
            Ok(settings) => settings,
            Err(error) => return fail(format!("Persony cannot look at its accounts: {error}")),
        };
        let operators = match persony::operators_alone(settings) {
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
