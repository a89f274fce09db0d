use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use tokio::time::Instant;

use super::EmbeddedConnection;
use super::group::Group;
use super::line::{Place, Task};
use crate::db::DbError;

/// How many units of work may wait in line. Who comes when it is full is refused at once: what waits
/// holds memory.
const LINE: usize = 4096;

/// The one thread that writes to the file, on a connection of its own: what waits in line goes to the
/// disk in groups.
pub struct Writer {
    // Dropped in this order: the thread ends with the line.
    line: SyncSender<Place>,
    is_at_work: Arc<AtomicBool>,
    _thread: Thread,
}

impl Writer {
    /// # Errors
    /// When there is no thread to be had.
    pub fn start(mut connection: EmbeddedConnection) -> io::Result<Self> {
        let (line, waiting) = sync_channel(LINE);
        let is_at_work = Arc::new(AtomicBool::new(false));
        let tells = Arc::clone(&is_at_work);
        let thread = thread::Builder::new()
            .name("writer".into())
            .spawn(move || write(&mut connection, &waiting, &tells))?;
        Ok(Self { line, is_at_work, _thread: Thread(Some(thread)) })
    }

    /// Puts a unit of work in line.
    pub fn ask(&self, task: Box<dyn Task>) -> Place {
        let place = Place::new(task);
        if self.line.try_send(place.clone()).is_err() {
            place.give_up(DbError::Unavailable(format!("embedded engine: {LINE} units of work wait")));
        }
        place
    }

    /// Whether its connection is in use.
    pub fn is_at_work(&self) -> bool {
        self.is_at_work.load(Ordering::Relaxed)
    }
}

/// Ends when nobody can put anything in line any more, and nothing is left in it.
fn write(connection: &mut EmbeddedConnection, line: &Receiver<Place>, is_at_work: &AtomicBool) {
    while let Ok(place) = line.recv() {
        let Some(first) = in_time(&place) else { continue };
        is_at_work.store(true, Ordering::Relaxed);
        let group = Group::write(connection, first, || line.try_iter().find_map(|place| in_time(&place)));
        is_at_work.store(false, Ordering::Relaxed);
        group.answer();
    }
}

/// The task, if somebody still waits for it to begin.
fn in_time(place: &Place) -> Option<Box<dyn Task>> {
    let task = place.take()?;
    if Instant::now() < task.deadlines().lent {
        return Some(task);
    }
    task.refuse(DbError::Unavailable("embedded engine: its turn came too late".into()));
    None
}

/// Waited for as it is dropped, so that what it did is on the disk and its connection closed.
struct Thread(Option<JoinHandle<()>>);

impl Drop for Thread {
    fn drop(&mut self) {
        // The last unit of work can be the last that holds the database: nobody waits for himself.
        if let Some(thread) = self.0.take()
            && thread.thread().id() != thread::current().id()
            && thread.join().is_err()
        {
            tracing::error!("the writer has panicked");
        }
    }
}
