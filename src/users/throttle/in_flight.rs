use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::Semaphore;

/// Lets one login of each address be under way in this process. The others wait in line, and see
/// what the ones before them have left; or are told with one of those why they do not go on.
pub struct InFlight<R> {
    lines: Mutex<Lines<R>>,
}

type Lines<R> = HashMap<String, InLine<R>>;

/// The logins of an address: one that is under way, and those that wait.
struct InLine<R> {
    line: Arc<Line<R>>,
    logins: usize,
}

struct Line<R> {
    /// Whose turn it is has the one permit. Closed as soon as all of the line are told something.
    turn: Semaphore,
    told: OnceLock<R>,
}

/// A login that is in line, and under way until this is dropped.
pub struct Turn<'a, R> {
    all: &'a InFlight<R>,
    key: String,
    line: Arc<Line<R>>,
    has_come: bool,
}

impl<R: Clone> InFlight<R> {
    /// Nobody is in line.
    pub fn new() -> Self {
        Self { lines: Mutex::default() }
    }

    /// Waits for the turn among the logins of an address.
    ///
    /// # Errors
    /// What one that was before it in line has told all of them.
    pub async fn enter(&self, key: &str) -> Result<Turn<'_, R>, R> {
        let line = self.join(key);
        // Made before the wait, so that who gives up waiting leaves nothing behind.
        let mut turn = Turn { all: self, key: key.to_owned(), line, has_come: false };
        match turn.line.turn.acquire().await {
            Ok(permit) => permit.forget(),
            Err(_) => return Err(turn.line.told.get().cloned().expect("a line is told why it closes")),
        }
        turn.has_come = true;
        Ok(turn)
    }
}

impl<R> InFlight<R> {
    fn join(&self, key: &str) -> Arc<Line<R>> {
        let new =
            || InLine { line: Arc::new(Line { turn: Semaphore::new(1), told: OnceLock::new() }), logins: 0 };
        let mut lines = self.lock();
        let in_line = lines.entry(key.to_owned()).or_insert_with(new);
        in_line.logins += 1;
        Arc::clone(&in_line.line)
    }

    fn lock(&self) -> MutexGuard<'_, Lines<R>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R> Turn<'_, R> {
    /// Tells all that are in line now why they do not go on. Who comes later makes a new line.
    pub fn tell_all(&self, why: R) {
        let mut lines = self.all.lock();
        // What was told first stands: the line is closed already.
        drop(self.line.told.set(why));
        self.line.turn.close();
        if self.is_in(&lines) {
            lines.remove(&self.key);
        }
    }

    /// Whether its line is the one that others join.
    fn is_in(&self, lines: &Lines<R>) -> bool {
        lines.get(&self.key).is_some_and(|in_line| Arc::ptr_eq(&in_line.line, &self.line))
    }
}

impl<R> Drop for Turn<'_, R> {
    fn drop(&mut self) {
        let mut lines = self.all.lock();
        if self.has_come {
            self.line.turn.add_permits(1);
        }
        if self.is_in(&lines)
            && let Some(in_line) = lines.get_mut(&self.key)
        {
            in_line.logins -= 1;
            if in_line.logins == 0 {
                lines.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::{Pin, pin};

    use tokio::time::{Duration, timeout};

    use super::*;

    async fn is_waiting<T>(login: Pin<&mut impl Future<Output = T>>) -> bool {
        timeout(Duration::ZERO, login).await.is_err()
    }

    #[rocket::async_test]
    async fn a_turn_comes_when_the_login_before_it_is_done() {
        let all = InFlight::<&str>::new();
        let (first, other) = (all.enter("john").await.unwrap(), all.enter("jane").await.unwrap());
        let (mut second, mut third) = (pin!(all.enter("john")), pin!(all.enter("john")));
        assert!(is_waiting(second.as_mut()).await && is_waiting(third.as_mut()).await);
        drop(first);
        let second = second.await.unwrap();
        assert!(is_waiting(third.as_mut()).await, "one at a time");
        drop(second);
        let third = third.await.unwrap();
        drop((third, other));
        assert!(all.lock().is_empty());
    }

    #[rocket::async_test]
    async fn all_that_are_in_line_are_told_together_and_who_comes_later_is_not() {
        let all = InFlight::new();
        let first = all.enter("john").await.unwrap();
        let (mut second, mut third) = (pin!(all.enter("john")), pin!(all.enter("john")));
        assert!(is_waiting(second.as_mut()).await && is_waiting(third.as_mut()).await);
        first.tell_all("wait");
        let later = all.enter("john").await.unwrap();
        assert_eq!((second.await.err(), third.await.err()), (Some("wait"), Some("wait")));
        drop(first);
        assert!(is_waiting(pin!(all.enter("john"))).await, "the later one is under way");
        drop(later);
        assert!(all.lock().is_empty());
    }

    #[rocket::async_test]
    async fn who_gives_up_waiting_is_forgotten() {
        let all = InFlight::<&str>::new();
        let first = all.enter("john").await.unwrap();
        let mut second = Box::pin(all.enter("john"));
        assert!(is_waiting(second.as_mut()).await);
        // Its turn has come, and it is not there any more.
        drop(first);
        drop(second);
        assert!(all.lock().is_empty());
    }
}
