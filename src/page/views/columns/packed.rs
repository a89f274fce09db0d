//! Events beside one another: those that overlap share the width of their column.

/// Where something is, in quarters of an hour from the beginning of its day: from, and to.
pub type Quarters = (usize, usize);

/// Which of how many places beside one another something has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub index: usize,
    pub of: usize,
}

/// The places of all, which are in the order of their beginnings. `None`: it would be beside more than there is room for.
pub fn places(all: &[Quarters], room: usize) -> Vec<Option<Place>> {
    let mut places = Vec::with_capacity(all.len());
    let mut begin = 0;
    while begin < all.len() {
        let (mut end, mut until) = (begin + 1, all[begin].1);
        while end < all.len() && all[end].0 < until {
            until = until.max(all[end].1);
            end += 1;
        }
        places.extend(cluster(&all[begin..end], room));
        begin = end;
    }
    places
}

/// Of those that overlap, one with the other, each has the first place that is free.
fn cluster(all: &[Quarters], room: usize) -> Vec<Option<Place>> {
    let mut ends: Vec<usize> = Vec::new();
    let mut indices = Vec::with_capacity(all.len());
    for &(from, to) in all {
        let free = ends.iter().position(|end| *end <= from);
        let index = free.unwrap_or(ends.len());
        match ends.get_mut(index) {
            Some(end) => *end = to,
            None => ends.push(to),
        }
        indices.push(index);
    }
    let of = ends.len().min(room);
    indices.into_iter().map(|index| (index < room).then_some(Place { index, of })).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn those_that_overlap_share_the_width() {
        let place = |index, of| Some(Place { index, of });
        assert_eq!(places(&[(0, 4), (4, 8)], 3), [place(0, 1), place(0, 1)]);
        assert_eq!(places(&[(0, 8), (2, 4), (4, 8)], 3), [place(0, 2), place(1, 2), place(1, 2)]);
        assert_eq!(places(&[(0, 8); 4], 3), [place(0, 3), place(1, 3), place(2, 3), None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_two_are_at_the_same_place(
            mut all in prop::collection::vec((0usize..90, 2usize..10).prop_map(|(from, long)| (from, from + long)), 0..40)
        ) {
            all.sort_unstable();
            let places = places(&all, 8);
            for (one, first) in places.iter().enumerate() {
                for (other, second) in places.iter().enumerate().skip(one + 1) {
                    let overlap = all[one].0 < all[other].1 && all[other].0 < all[one].1;
                    if let (true, Some(first), Some(second)) = (overlap, first, second) {
                        prop_assert_ne!(first.index, second.index);
                        prop_assert_eq!(first.of, second.of);
                    }
                }
            }
        }
    }
}
