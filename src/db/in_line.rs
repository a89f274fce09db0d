use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use tokio::sync::oneshot;
use tokio::time::timeout_at;

use super::connection::Connection;
use super::embedded::{EmbeddedConnection, Task, Writer};
use super::limits::Deadlines;
use super::observer::Waiting;
use super::{Db, DbError, Unit, Work};

/// A unit of work that stands in line for the embedded engine's writer.
struct Asked<T, F> {
    action: &'static str,
    deadlines: Deadlines,
    /// Until it has begun.
    work: Option<(Waiting, F)>,
    /// Since when, and what it gave.
    done: Option<(Instant, Result<T, DbError>)>,
    answer: oneshot::Sender<Answer<T>>,
}

/// How it went; and what it took, if it was begun.
type Answer<T> = (Result<T, DbError>, Option<Work>);

impl<T, F> Task for Asked<T, F>
where
    T: Send,
    F: FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send,
{
    fn deadlines(&self) -> Deadlines {
        self.deadlines
    }

    fn run(&mut self, connection: &mut EmbeddedConnection) -> Result<(), DbError> {
        let Some((waiting, work)) = self.work.take() else { return Ok(()) };
        waiting.ended(&Ok(()));
        let begun = Instant::now();
        let run = AssertUnwindSafe(|| Unit::run(Connection::Embedded(connection), work));
        // What the panic said, its hook has printed.
        let done =
            catch_unwind(run).unwrap_or_else(|_| Err(DbError::Failed(format!("{} panicked", self.action))));
        let ended = done.as_ref().map(drop).map_err(Clone::clone);
        self.done = Some((begun, done));
        ended
    }

    fn end(self: Box<Self>, committed: Result<(), DbError>) {
        let Some((begun, done)) = self.done else { return };
        let took = Work { time: begun.elapsed(), trips: 0 };
        // Who asked may have gone.
        drop(self.answer.send((committed.and(done), Some(took))));
    }

    fn refuse(self: Box<Self>, why: DbError) {
        let refused = Err(why);
        if let Some((waiting, _)) = self.work {
            waiting.ended(&refused);
        }
        drop(self.answer.send((refused, None)));
    }
}

impl Db {
    /// A unit of work on the embedded engine. It is not begun once its first deadline is past, and not
    /// committed once its last one is; a commit that is under way then goes on.
    pub(super) async fn unit_in_line<T, F>(
        &self,
        action: &'static str,
        writer: &Writer,
        deadlines: Deadlines,
        work: F,
    ) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let (answer, mut answered) = oneshot::channel();
        let work = Some((Waiting::new(&self.observer), work));
        let place = writer.ask(Box::new(Asked { action, deadlines, work, done: None, answer }));
        let answer = tokio::select! {
            biased;
            answer = &mut answered => answer,
            () = self.limits.late.after(deadlines.lent) => {
                place.give_up(self.pool.none(self.limits.wait));
                match deadlines.done {
                    None => answered.await,
                    Some(done) => timeout_at(done, answered)
                        .await
                        .map_err(|_| DbError::Unavailable(format!("{action} was not done in time")))?,
                }
            }
        };
        let (done, took) = answer.map_err(|_| DbError::Failed("the writer has ended".into()))?;
        if let Some(took) = took {
            self.observer.worked(took);
        }
        done
    }
}
