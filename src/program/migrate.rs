use std::process::ExitCode;
use std::time::Duration;

use figment::Figment;
use persony::config::Config;
use persony::db::Schema;

use super::fail;

/// Brings the schema up to date, or prints what that would run. Another instance that migrates is
/// waited for as long as `patience`.
pub fn migrate(figment: &Figment, dry_run: bool, patience: Duration) -> ExitCode {
    match Config::database(figment) {
        Ok(settings) => run(&Schema::of(&settings.engine), dry_run, patience).unwrap_or_else(fail),
        Err(error) => fail(format!("Persony cannot migrate: {error}")),
    }
}

fn run(schema: &Schema, dry_run: bool, patience: Duration) -> Result<ExitCode, String> {
    let plan = match dry_run {
        true => schema.plan(),
        false => schema.migrate(Some(patience)),
    };
    let plan = plan.map_err(|error| format!("Persony cannot migrate: {error}"))?;
    if let Some(newer) = &plan.newer {
        println!("-- {newer}");
    }
    print!("{plan}");
    Ok(ExitCode::SUCCESS)
}
