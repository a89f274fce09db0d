//! The catalog in the file.

use rusqlite::{Connection, OptionalExtension, Result};

use super::account::Account;
use super::model::Catalog;

/// SYSTEM's password in a new file.
const SYSTEM_PASSWORD: &str = "stand-in";

pub fn exists(connection: &Connection) -> Result<bool> {
    let found = connection
        .query_row("SELECT 1 FROM sqlite_schema WHERE name = 'catalog'", [], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// Makes the catalog of a new file, with SYSTEM as its only account. Inside a write transaction.
pub fn create(connection: &Connection) -> Result<()> {
    connection.execute_batch("CREATE TABLE catalog (version INTEGER NOT NULL, document TEXT NOT NULL)")?;
    let mut catalog = Catalog::default();
    let system =
        Account { password: SYSTEM_PASSWORD.into(), privileges: ["DBA".into()].into(), ..Account::default() };
    catalog.accounts.insert("SYSTEM".into(), system);
    connection.execute("INSERT INTO catalog VALUES (0, ?1)", [document(&catalog)])?;
    Ok(())
}

pub fn version(connection: &Connection) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT version FROM catalog")?;
    statement.query_row([], |row| row.get::<_, i64>(0)).map(|version| version as u64)
}

pub fn load(connection: &Connection) -> Result<Catalog> {
    let document: String = connection.query_row("SELECT document FROM catalog", [], |row| row.get(0))?;
    serde_json::from_str(&document).map_err(|error| rusqlite::Error::UserFunctionError(error.into()))
}

/// Writes the catalog back under a new version. Inside a write transaction.
pub fn save(connection: &Connection, catalog: &mut Catalog) -> Result<()> {
    catalog.version += 1;
    let mut statement = connection.prepare_cached("UPDATE catalog SET version = ?1, document = ?2")?;
    statement.execute((catalog.version as i64, document(catalog)))?;
    Ok(())
}

fn document(catalog: &Catalog) -> String {
    serde_json::to_string(catalog).expect("the catalog has only string keys")
}
