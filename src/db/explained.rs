//! For tests: how the embedded engine comes to the rows of a statement. It has no statistics, so that this does not hang on how
//! many rows there are. What Oracle is meant to do stands beside the statements.

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::{Bind, Db, Engine, Observer, Settings, Value, Without, Work, required};

/// A database with all tables and no rows.
pub struct Explained {
    db: Db,
    _folder: TempDir,
}

/// Nobody looks at the work.
struct Nobody;

impl Observer for Nobody {
    fn waiting(&self, _: i64) {}

    fn lent(&self, _: Duration) {}

    fn went_without(&self, _: Without) {}

    fn worked(&self, _: Work) {}
}

impl Explained {
    /// Makes it, and opens it.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let engine = Engine::Embedded(folder.path().join("persony.db"));
        let db = Db::open(&Settings { engine, migrate_at_start: true }, Arc::new(Nobody)).unwrap();
        Self { db, _folder: folder }
    }

    /// Each step of its plan, in their order.
    pub async fn plan(&self, statement: &str) -> Vec<String> {
        let statement = statement.to_owned();
        // A unit: so that writes are explained as well.
        let explained = self.db.unit("explain", move |db| {
            let null = |name| -> Bind<'_> { (name, Value::Integer(None)) };
            let binds: Vec<_> = binds(&statement).into_iter().map(null).collect();
            db.rows(&format!("EXPLAIN QUERY PLAN {statement}"), &binds, |row| {
                Ok(required(row.text(3)?, "detail")?.into_owned())
            })
        });
        explained.await.unwrap()
    }

    /// Where it looks for rows, in the order of the plan.
    pub async fn looks(&self, statement: &str) -> Vec<String> {
        let steps = self.plan(statement).await.into_iter();
        steps.filter(|step| step.starts_with("SEARCH") || step.starts_with("SCAN")).collect()
    }
}

/// The names of a statement's binds.
fn binds(statement: &str) -> Vec<&str> {
    let after = statement.split(':').skip(1);
    let names =
        after.filter_map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next());
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}
