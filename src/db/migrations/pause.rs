use std::time::Duration;

/// Pauses between tries: each twice the one before, up to the longest.
///
/// Each is shortened by up to a quarter at random, so that instances which failed together do not
/// come back together.
#[derive(Debug, Clone)]
pub struct Pause {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Pause {
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    /// How long to wait before the next try.
    pub fn next(&mut self) -> Duration {
        let pause = self.next;
        self.next = (pause * 2).min(self.longest);
        pause.mul_f64(rand::random_range(0.75..=1.0))
    }

    /// Begins with the first pause again.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_differ_a_little() {
        let mut pause = Pause::new(Duration::from_millis(500), Duration::from_secs(30));
        for whole in [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000] {
            let taken = pause.next().as_millis();
            assert!((whole * 3 / 4..=whole).contains(&taken), "{taken} of {whole} ms");
        }
        let long: Vec<_> = (0..20).map(|_| pause.next()).collect();
        assert!(long.iter().any(|taken| *taken != long[0]), "{long:?}");
        pause.reset();
        assert!(pause.next() <= Duration::from_millis(500));
    }
}
