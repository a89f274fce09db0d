/// The days of one period of a rule: a month, a week, a year or the weeks of a year, as bits from its first day.
#[derive(Clone, Debug, Default)]
pub struct Days {
    /// The number of the day that bit 0 is.
    pub first: i32,
    words: [u64; WORDS],
    /// How many of the words may have bits.
    used: usize,
}

/// 53 weeks have 371 days.
const WORDS: usize = 6;

impl Days {
    /// The days of a month, a week or one day.
    #[inline]
    pub fn short(first: i32, bits: u32) -> Self {
        Self { first, words: [bits.into(), 0, 0, 0, 0, 0], used: 1 }
    }

    /// None yet, of a year.
    pub fn year(first: i32) -> Self {
        Self { first, words: [0; WORDS], used: WORDS }
    }

    /// Adds up to 32 days from this one on.
    pub fn add(&mut self, offset: u32, bits: u32) {
        let (word, shift) = ((offset / 64) as usize, offset % 64);
        let wide = u128::from(bits) << shift;
        self.words[word] |= wide as u64;
        if let Some(next) = self.words.get_mut(word + 1) {
            *next |= (wide >> 64) as u64;
        }
    }

    /// Leaves what is in both.
    pub fn keep(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub fn remove(&mut self, bit: u32) {
        self.words[(bit / 64) as usize] &= !(1 << (bit % 64));
    }

    /// Takes away all that lie before a day.
    #[inline]
    pub fn remove_before(&mut self, day: i32) {
        let Ok(bits) = u32::try_from(day - self.first) else { return };
        for (index, word) in self.words[..self.used].iter_mut().enumerate() {
            let here = bits.saturating_sub(index as u32 * 64).min(64);
            *word = if here == 64 { 0 } else { *word >> here << here };
        }
    }

    #[inline]
    pub fn count(&self) -> u32 {
        self.words[..self.used].iter().map(|word| word.count_ones()).sum()
    }

    /// The first bit from here on.
    #[inline]
    pub fn next(&self, from: u32) -> Option<u32> {
        let first = (from / 64) as usize;
        let mut word = self.words.get(first)? >> (from % 64) << (from % 64);
        for index in first..self.used {
            if index > first {
                word = self.words[index];
            }
            if word != 0 {
                return Some(index as u32 * 64 + word.trailing_zeros());
            }
        }
        None
    }

    /// The bit that has this many before it.
    pub fn nth(&self, mut rank: u32) -> Option<u32> {
        for (index, &word) in self.words[..self.used].iter().enumerate() {
            let ones = word.count_ones();
            if rank < ones {
                return Some(index as u32 * 64 + nth_bit(word, rank));
            }
            rank -= ones;
        }
        None
    }
}

/// Which bit of a word has this many before it; the word must have as many.
#[inline]
pub fn nth_bit(mut word: u64, rank: u32) -> u32 {
    for _ in 0..rank {
        word &= word.wrapping_sub(1);
    }
    word.trailing_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found_by_place_and_by_rank() {
        let mut days = Days::year(0);
        for day in [0, 63, 64, 127, 200, 370] {
            days.add(day, 1);
        }
        days.add(60, 0b11);
        let all = [0, 60, 61, 63, 64, 127, 200, 370];
        assert_eq!(days.count() as usize, all.len());
        for (rank, &day) in all.iter().enumerate() {
            assert_eq!(days.nth(rank as u32), Some(day));
            assert_eq!(days.next(day), Some(day));
            assert_eq!(days.next(day + 1), all.get(rank + 1).copied());
            let mut rest = days.clone();
            rest.remove_before(day as i32);
            assert_eq!(rest.count() as usize, all.len() - rank);
        }
        assert_eq!(days.nth(8), None);
        assert_eq!(days.next(384), None);
    }
}
