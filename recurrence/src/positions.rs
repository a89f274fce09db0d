/// BYSETPOS: which of the instances of one period are occurrences; 1 is the first, -1 the last. Without any, all are.
#[derive(Clone, Copy, Debug)]
pub struct Positions<'r>(pub &'r [i16]);

impl Positions<'_> {
    /// The first rank from this one on, of a period with so many instances.
    #[inline]
    pub fn next(self, from: u32, size: u32) -> Option<u32> {
        if self.0.is_empty() {
            return (from < size).then_some(from);
        }
        let negatives = self.0.partition_point(|&position| position < 0);
        let (back, ahead) = self.0.split_at(negatives);
        let (from, size) = (i64::from(from), i64::from(size));
        // Both halves are sorted, and so are the ranks that they stand for.
        let ranks = [
            next_of(back, from - size).map(|position| position + size),
            next_of(ahead, from + 1).map(|position| position - 1),
        ];
        let next = ranks.into_iter().flatten().min()?;
        u32::try_from(next).ok().filter(|_| next < size)
    }
}

/// The first position that is not before this one.
fn next_of(positions: &[i16], from: i64) -> Option<i64> {
    let index = positions.partition_point(|&position| i64::from(position) < from);
    positions.get(index).map(|&position| position.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(positions: &[i16], size: u32) -> Vec<u32> {
        let mut from = 0;
        std::iter::from_fn(|| {
            let rank = Positions(positions).next(from, size)?;
            from = rank + 1;
            Some(rank)
        })
        .collect()
    }

    #[test]
    fn positions_count_from_both_ends() {
        assert_eq!(all(&[], 3), [0, 1, 2]);
        assert_eq!(all(&[-1, 1, 2], 5), [0, 1, 4]);
        // The last is the second; no instance comes twice.
        assert_eq!(all(&[-1, 1, 2], 2), [0, 1]);
        assert_eq!(all(&[-366, -2, 366], 3), [1]);
        assert_eq!(all(&[4], 3), [0; 0]);
        assert_eq!(all(&[-1], 0), [0; 0]);
    }
}
