use crate::days::nth_bit;

/// The times of day of one period, in ascending order: every hour with every minute with every second.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    pub hours: u32,
    pub minutes: u64,
    pub seconds: u64,
}

impl Times {
    #[inline]
    pub fn count(self) -> u32 {
        self.hours.count_ones() * self.minutes.count_ones() * self.seconds.count_ones()
    }

    /// The second of the day that has this many before it.
    #[inline]
    pub fn nth(self, rank: u32) -> i64 {
        let (rank, second) = part(rank, self.seconds);
        let (rank, minute) = part(rank, self.minutes);
        let (_, hour) = part(rank, self.hours.into());
        i64::from(hour * 3600 + minute * 60 + second)
    }
}

/// What is left of a rank for the larger parts, and the bit for this one.
#[inline]
fn part(rank: u32, bits: u64) -> (u32, u32) {
    match bits.count_ones() {
        1 => (rank, bits.trailing_zeros()),
        ones => (rank / ones, nth_bit(bits, rank % ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_in_order() {
        let times = Times { hours: 1 << 9 | 1 << 17, minutes: 1 | 1 << 30, seconds: 1 | 1 << 59 };
        let all: Vec<_> = (0..times.count()).map(|rank| times.nth(rank)).collect();
        assert_eq!(all.len(), 8);
        assert_eq!(all[..3], [32_400, 32_459, 34_200]);
        assert!(all.is_sorted());
        assert_eq!(all[7], 17 * 3600 + 30 * 60 + 59);
    }
}
