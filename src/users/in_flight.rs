use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lets so many logins of each address be under way in this process. The others wait in line, and
/// see what the ones before them have left.
pub struct InFlight {
    most: usize,
    lines: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// A login that is under way until this is dropped.
pub struct Place<'a> {
    all: &'a InFlight,
    key: String,
    line: Option<Arc<Semaphore>>,
    permit: Option<OwnedSemaphorePermit>,
    /// How many of the same address were under way already.
    pub ahead: u32,
}

impl InFlight {
    /// For `most` logins of an address, one or more, at once.
    pub fn new(most: u32) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self { most, lines: Mutex::default() }
    }

    /// Takes a place among the logins of an address, as soon as there is one.
    pub async fn enter(&self, key: &str) -> Place<'_> {
        let new = || Arc::new(Semaphore::new(self.most));
        let line = Arc::clone(self.lock().entry(key.to_owned()).or_insert_with(new));
        // Made before the wait, so that who gives up waiting leaves nothing behind.
        let mut place =
            Place { all: self, key: key.to_owned(), line: Some(Arc::clone(&line)), permit: None, ahead: 0 };
        let permit = line.acquire_owned().await.expect("a line is never closed");
        let ahead = self.most - permit.semaphore().available_permits() - 1;
        place.ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
        place.permit = Some(permit);
        place
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Semaphore>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut lines = self.all.lock();
        drop((self.permit.take(), self.line.take()));
        if lines.get(&self.key).is_some_and(|line| Arc::strong_count(line) == 1) {
            lines.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use tokio::time::{Duration, timeout};

    use super::*;

    #[rocket::async_test]
    async fn a_place_is_free_again_when_its_login_is_done() {
        let all = InFlight::new(2);
        let (first, second, other) =
            (all.enter("john").await, all.enter("john").await, all.enter("jane").await);
        assert_eq!((first.ahead, second.ahead, other.ahead), (0, 1, 0));
        let mut third = pin!(all.enter("john"));
        assert!(timeout(Duration::ZERO, &mut third).await.is_err(), "there is no place");
        drop(first);
        let third = third.await;
        assert_eq!(third.ahead, 1);
        drop((second, third, other));
        assert!(all.lock().is_empty());
    }

    #[rocket::async_test]
    async fn who_gives_up_waiting_is_forgotten() {
        let all = InFlight::new(1);
        let first = all.enter("john").await;
        let mut second = Box::pin(all.enter("john"));
        assert!(timeout(Duration::ZERO, &mut second).await.is_err(), "there is no place");
        // Its turn has come, and it is not there any more.
        drop(first);
        drop(second);
        assert!(all.lock().is_empty());
    }
}
