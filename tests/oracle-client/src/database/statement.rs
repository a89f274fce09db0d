//! From a statement and its binds to an outcome.

use std::sync::Arc;

use super::catalog::{Catalog, store};
use super::compile::{Compiler, Plan, Type};
use super::execute::failure;
use super::messages::{ora, unimplemented_feature};
use super::parse::ast::Parsed;
use super::parse::parse;
use super::values::{timestamp, to_stored};
use super::{Column, Database, Outcome, Statement};
use crate::error::OracleError;
use crate::value::Value;

/// More than any program has; a program that writes values into its texts would else fill the memory.
const MOST_PLANS: usize = 500;

enum Planned {
    Plan(Arc<Plan>),
    Control(Box<Parsed>),
}

impl Database {
    /// The columns that a SELECT would return, without running it (OCI's describe-only mode).
    pub fn describe(&mut self, statement: &Statement) -> Result<Vec<Column>, OracleError> {
        self.columns_of(statement).map_err(|error| with_text(error, &statement.text))
    }

    fn columns_of(&mut self, statement: &Statement) -> Result<Vec<Column>, OracleError> {
        self.refresh()?;
        let binds: Vec<(String, Type)> =
            distinct_inputs(statement).into_iter().map(|name| (name, Type::Null)).collect();
        let Parsed::Query(query) = parse(&statement.text)? else {
            return Ok(Vec::new());
        };
        let catalog = self.catalog.clone();
        Ok(self.compiler(&catalog, &binds).query_plan(&query)?.columns)
    }

    /// Runs the statement. `binds` holds a value for each IN bind by name, in upper case.
    pub fn execute(
        &mut self,
        statement: &Statement,
        binds: &[(String, Value)],
    ) -> Result<Outcome, OracleError> {
        self.outcome_of(statement, binds).map_err(|error| with_text(error, &statement.text))
    }

    /// Reads and checks the statement alone: what is wrong with it whatever the values are.
    pub fn check(&mut self, statement: &Statement, binds: &[(String, Value)]) -> Result<(), OracleError> {
        self.planned(statement, binds).map(drop).map_err(|error| with_text(error, &statement.text))
    }

    fn outcome_of(
        &mut self,
        statement: &Statement,
        binds: &[(String, Value)],
    ) -> Result<Outcome, OracleError> {
        match self.planned(statement, binds)? {
            Planned::Plan(plan) => {
                let values = inputs(statement, binds).into_iter().filter_map(|(_, value)| value);
                let parameters = values.map(to_stored).collect::<Result<Vec<_>, _>>()?;
                self.run(&plan, &parameters)
            }
            Planned::Control(parsed) => self.control(&parsed, &statement.text),
        }
    }

    fn planned(&mut self, statement: &Statement, binds: &[(String, Value)]) -> Result<Planned, OracleError> {
        self.refresh()?;
        self.shared.lock().statement_time = timestamp::now();
        if binds.iter().any(|(name, _)| !statement.binds.contains(name)) {
            return Err(ora(1036));
        }
        let inputs = inputs(statement, binds);
        let missing = inputs.iter().any(|(_, value)| value.is_none());
        let typed: Vec<(String, Type)> =
            inputs.into_iter().map(|(name, value)| (name, value.map_or(Type::Null, Type::of))).collect();
        let types: Vec<Type> = typed.iter().map(|(_, kind)| *kind).collect();
        let key = (statement.text.clone(), self.schema.clone(), types);
        if let Some(plan) = self.plans.get(&key).cloned() {
            return if missing { Err(ora(1008)) } else { Ok(Planned::Plan(plan)) };
        }
        // A text that cannot be read is refused for that before any bind is missed.
        let parsed = parse(&statement.text)?;
        if missing {
            return Err(ora(1008));
        }
        let catalog = self.catalog.clone();
        let mut compiler = self.compiler(&catalog, &typed);
        let plan = match &parsed {
            Parsed::Query(query) => Plan::Query(compiler.query_plan(query)?),
            Parsed::Insert(insert) => Plan::Change(compiler.insert(insert)?),
            Parsed::Update(update) => Plan::Change(compiler.update(update)?),
            Parsed::Delete(delete) => Plan::Change(compiler.delete(delete)?),
            Parsed::Merge(merge) => Plan::Merge(compiler.merge(merge)?),
            _ if !statement.binds.is_empty() => return Err(ora(1027)),
            _ => return Ok(Planned::Control(Box::new(parsed))),
        };
        let plan = Arc::new(plan);
        if self.plans.len() >= MOST_PLANS {
            self.plans.clear();
        }
        self.plans.insert(key, plan.clone());
        Ok(Planned::Plan(plan))
    }

    fn control(&mut self, parsed: &Parsed, text: &str) -> Result<Outcome, OracleError> {
        match parsed {
            Parsed::Commit => self.commit()?,
            Parsed::Rollback => self.rollback()?,
            Parsed::ReadOnly => self.transaction.read_only(&self.connection)?,
            Parsed::LockTable { table, exclusive, wait } => return self.lock_table(table, *exclusive, *wait),
            Parsed::AlterSession(settings) => self.alter_session(settings)?,
            Parsed::Definition(definition) => self.define(definition)?,
            _ => return Err(unimplemented_feature(text)),
        }
        Ok(Outcome::Done)
    }

    pub(super) fn compiler<'a>(&'a self, catalog: &'a Catalog, binds: &'a [(String, Type)]) -> Compiler<'a> {
        Compiler::new(catalog, &self.user, &self.schema, binds)
    }

    /// Notices what other sessions have defined meanwhile.
    pub(super) fn refresh(&mut self) -> Result<(), OracleError> {
        let internal = |error: rusqlite::Error| failure::internal(&error);
        let version = store::version(&self.connection).map_err(internal)?;
        if version != self.catalog.version {
            self.catalog = Arc::new(store::load(&self.connection).map_err(internal)?);
            self.plans.clear();
        }
        Ok(())
    }
}

/// What is not understood is shown whole, so that nobody has to guess.
fn with_text(error: OracleError, text: &str) -> OracleError {
    match error.code {
        3001 if !error.message.contains(text) => {
            OracleError { message: format!("{} in {text}", error.message), ..error }
        }
        _ => error,
    }
}

/// The binds that carry values in, each once, with what they carry.
fn inputs<'a>(statement: &Statement, binds: &'a [(String, Value)]) -> Vec<(String, Option<&'a Value>)> {
    let value = |name: &str| binds.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    distinct_inputs(statement).into_iter().map(|name| (name.clone(), value(&name))).collect()
}

/// Their names.
fn distinct_inputs(statement: &Statement) -> Vec<String> {
    let inputs = statement.binds.len() - statement.returning.len();
    let mut names: Vec<String> = Vec::new();
    for name in &statement.binds[..inputs] {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
