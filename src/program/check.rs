use std::process::ExitCode;

use figment::Figment;
use persony::config::Config;
use persony::db::{DbError, Engine, Schema, Settings};

/// Says of the configuration, the database and its schema whether the server could start on them.
/// Changes nothing, and prints no secret.
pub fn check(figment: &Figment) -> ExitCode {
    let Settings { engine, migrate_at_start } = match Config::check(figment) {
        Ok(checked) => checked,
        Err(error) => return verdicts(&[("configuration", Err(error.to_string()))]),
    };
    let configuration = ("configuration", Ok(format!("the engine is {engine}")));
    let schema = Schema::of(&engine);
    let (connection, order) = database(&engine, &schema, migrate_at_start);
    let code = verdicts(&[configuration, ("connection", connection), ("schema", order)]);
    schema.cautions().iter().for_each(|caution| println!("caution: {caution}"));
    code
}

type Verdict = Result<String, String>;

fn database(engine: &Engine, schema: &Schema, may_migrate: bool) -> (Verdict, Verdict) {
    let not_looked_at = Err("could not be looked at".to_owned());
    if let Engine::Embedded(path) = engine
        && !path.exists()
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        return match folder.is_none_or(std::path::Path::is_dir) {
            true => (Ok("the server makes the file".into()), Ok("the server makes it".into())),
            false => (Err(format!("{} is in no folder", path.display())), not_looked_at),
        };
    }
    let answers = match engine {
        Engine::Oracle(_) => "the database answers",
        Engine::Embedded(_) => "the file is there",
    };
    match schema.plan().map(|plan| (plan.steps, plan.newer)) {
        Ok((0, None)) => (Ok(answers.into()), Ok("up to date".into())),
        Ok((0, Some(newer))) => (Ok(answers.into()), Ok(newer)),
        Ok((lacking, _)) if may_migrate => (
            Ok("the database answers".into()),
            Ok(format!("the server makes the {lacking} steps that it lacks")),
        ),
        Ok((lacking, _)) => {
            let lacks = format!("lacks {lacking} steps, and MIGRATE_AT_START is false: run persony migrate");
            (Ok(answers.into()), Err(lacks))
        }
        Err(error @ (DbError::Away(_) | DbError::Unavailable(_))) => (Err(error.to_string()), not_looked_at),
        Err(error) => (Ok(answers.into()), Err(error.to_string())),
    }
}

fn verdicts(verdicts: &[(&str, Verdict)]) -> ExitCode {
    for (what, verdict) in verdicts {
        match verdict {
            Ok(detail) => println!("{what}: ok, {detail}"),
            Err(wrong) => println!("{what}: FAILED: {wrong}"),
        }
    }
    match verdicts.iter().all(|(_, verdict)| verdict.is_ok()) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
