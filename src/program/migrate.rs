use std::process::ExitCode;

use figment::Figment;
use persony::config::Config;
use persony::db::Schema;

use super::fail;

/// Brings the schema up to date, or prints what that would run.
pub fn migrate(figment: &Figment, dry_run: bool) -> ExitCode {
    match Config::database(figment) {
        Ok(settings) => run(&Schema::of(&settings.engine), dry_run).unwrap_or_else(fail),
        Err(error) => fail(format!("Persony cannot migrate: {error}")),
    }
}

fn run(schema: &Schema, dry_run: bool) -> Result<ExitCode, String> {
    let steps = match dry_run {
        true => schema.pending(),
        false => schema.migrate(),
    };
    let steps = steps.map_err(|error| format!("Persony cannot migrate: {error}"))?;
    if steps.is_empty() {
        println!("-- The schema is up to date.");
    }
    steps.iter().for_each(|step| println!("{step}"));
    Ok(ExitCode::SUCCESS)
}
