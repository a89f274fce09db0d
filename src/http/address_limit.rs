use std::sync::atomic::{AtomicUsize, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::{ClientAddress, TooMany};

/// Up to so many addresses are remembered without a look at which of them still matter.
const SWEEP_AT: usize = 1024;

/// A burst, and then a steady rate, for each client address, in this process.
pub struct AddressLimit {
    limiter: DefaultKeyedRateLimiter<ClientAddress>,
    sweep_at: AtomicUsize,
}

impl AddressLimit {
    /// Remembers nobody yet.
    pub fn new(quota: Quota) -> Self {
        Self { limiter: DefaultKeyedRateLimiter::keyed(quota), sweep_at: AtomicUsize::new(SWEEP_AT) }
    }

    /// Lets something go on.
    ///
    /// # Errors
    /// `TooMany`, with the seconds left to wait.
    pub fn admit(&self, client: ClientAddress) -> Result<(), TooMany> {
        self.forget();
        self.limiter.check_key(&client).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            TooMany(wait.as_nanos().div_ceil(1_000_000_000).max(1) as u64)
        })
    }

    /// Forgets addresses that have their whole burst again, each time twice as many are remembered
    /// as mattered the last time: memory goes with the addresses that matter, and a look at all of
    /// them is paid for by as many new ones.
    fn forget(&self) {
        if self.limiter.len() >= self.sweep_at.load(Ordering::Relaxed) {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
            self.sweep_at.store(SWEEP_AT.max(self.limiter.len() * 2), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn client(number: u32) -> ClientAddress {
        ClientAddress::of(Ipv4Addr::from_bits(number).into())
    }

    #[test]
    fn addresses_that_matter_no_more_are_forgotten() {
        let a_second = Quota::per_second(1_000_000.try_into().unwrap());
        let limit = AddressLimit::new(a_second);
        for number in 0..20_000 {
            limit.admit(client(number)).unwrap();
            assert!(limit.limiter.len() <= 2 * SWEEP_AT, "{number}");
        }
    }

    #[test]
    fn addresses_that_matter_are_not() {
        let limit = AddressLimit::new(Quota::per_hour(1.try_into().unwrap()));
        (0..5_000).for_each(|number| limit.admit(client(number)).unwrap());
        for number in 0..5_000 {
            assert!(matches!(limit.admit(client(number)), Err(TooMany(3_590..=3_600))));
        }
    }
}
