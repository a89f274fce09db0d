use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::Shared;
use parking_lot::Mutex;
use tokio::time::{Instant, Sleep, sleep_until};

/// How much later than its deadline work may be given up.
const LATER: Duration = Duration::from_millis(250);

/// Tells when work is overdue, by one timer for all that is due at about the same time.
///
/// A timer of its own for each piece of work would be earlier than all others whenever the server has
/// been idle for a moment, and the runtime then wakes the thread that waits for the network to tell
/// it so: one system call and one wake-up for each request of a lone client.
#[derive(Default)]
pub struct Overdue(Mutex<Option<(Instant, Shared<Sleep>)>>);

impl Overdue {
    /// Ends when the deadline is past, a quarter of a second after it at most.
    pub fn after(&self, deadline: Instant) -> Shared<Sleep> {
        let mut timer = self.0.lock();
        match &*timer {
            Some((at, over)) if (deadline..=deadline + LATER).contains(at) => over.clone(),
            _ => {
                let at = deadline + LATER;
                let over = sleep_until(at).shared();
                *timer = Some((at, over.clone()));
                over
            }
        }
    }
}
