use std::sync::Arc;
use std::time::Duration;

use crate::db::{Observer, Without, Work};
use crate::watch::{self, DatabaseWork, PoolMetrics};

/// Hands what the database tells of itself on to the metrics, and to the record of the request at
/// hand.
pub struct Observe(pub Arc<PoolMetrics>);

impl Observer for Observe {
    fn waiting(&self, change: i64) {
        self.0.waiting(change);
    }

    fn lent(&self, waited: Duration) {
        self.0.lent(waited);
    }

    fn went_without(&self, why: Without) {
        self.0.went_without(match why {
            Without::Away => "away",
            Without::Busy => "busy",
        });
    }

    fn worked(&self, Work { time, trips }: Work) {
        watch::saw_work(DatabaseWork { time, trips });
    }
}
