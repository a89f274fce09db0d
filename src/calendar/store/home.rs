//! The name of the database: what makes the UIDs of events its own that were given none.

use std::sync::Arc;

use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::calendar::event_id::EventId;
use crate::db::{Db, DbError, Reader, Unit};

/// The database's name, once it was asked for. It never changes.
#[derive(Default)]
pub struct DatabaseName(OnceCell<Arc<str>>);

impl DatabaseName {
    /// The name: the first instance that asks makes it.
    ///
    /// # Errors
    /// As [`Db::unit`].
    pub async fn get(&self, db: &Db) -> Result<Arc<str>, DbError> {
        let asked = || async {
            match db.read("read_database_name", find).await? {
                Some(name) => Ok(name),
                None => db.unit("name_database", find_or_make).await,
            }
        };
        self.0.get_or_try_init(asked).await.cloned()
    }
}

fn find(db: &mut Reader<'_>) -> Result<Option<Arc<str>>, DbError> {
    let name = db.row("SELECT NAME FROM PERSONY_DATABASE WHERE ID = 1", &[], |row| {
        crate::db::required(row.text(0)?, "NAME").map(|name| Arc::from(&*name))
    })?;
    Ok(name)
}

fn find_or_make(db: &mut Unit<'_>) -> Result<Arc<str>, DbError> {
    let name = Uuid::new_v4().to_string();
    match db
        .last()
        .execute("INSERT INTO PERSONY_DATABASE (ID, NAME) VALUES (1, :name)", &[("name", (&*name).into())])
    {
        Ok(_) => Ok(name.into()),
        // Another instance was quicker.
        Err(DbError::Unique(_)) => {
            find(db)?.ok_or_else(|| DbError::Failed("PERSONY_DATABASE has no row and takes none".into()))
        }
        Err(error) => Err(error),
    }
}

/// The UID of an event that was given none.
pub fn uid(event: EventId, database: &str) -> String {
    format!("{}@{database}", event.0)
}

/// The resource of an event that was given none.
pub fn resource(event: EventId) -> String {
    format!("{}.ics", event.0)
}
