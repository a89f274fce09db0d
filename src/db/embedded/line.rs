use std::sync::Arc;

use parking_lot::Mutex;

use super::EmbeddedConnection;
use crate::db::DbError;
use crate::db::limits::Deadlines;

/// A unit of work, as the writer sees it. Whoever asked for it is told once, by `end` or `refuse`.
pub trait Task: Send {
    /// By when it must have begun, and by when it must be committed.
    fn deadlines(&self) -> Deadlines;

    /// Does it, within the group's transaction, and says whether it failed. It does not panic.
    fn run(&mut self, connection: &mut EmbeddedConnection) -> Result<(), DbError>;

    /// Tells that it was done, and whether its group was committed.
    fn end(self: Box<Self>, committed: Result<(), DbError>);

    /// Tells that it was not begun, and will not be.
    fn refuse(self: Box<Self>, why: DbError);
}

/// A task's place in the line. Of the writer and whoever gives up waiting the first takes the task
/// out of it, so that what was given up is never begun.
#[derive(Clone)]
pub struct Place(Arc<Mutex<Option<Box<dyn Task>>>>);

impl Place {
    pub fn new(task: Box<dyn Task>) -> Self {
        Self(Arc::new(Mutex::new(Some(task))))
    }

    /// The task, if nobody has taken it yet.
    pub fn take(&self) -> Option<Box<dyn Task>> {
        self.0.lock().take()
    }

    /// Refuses the task, unless it has been taken.
    pub fn give_up(&self, why: DbError) {
        if let Some(task) = self.take() {
            task.refuse(why);
        }
    }
}
