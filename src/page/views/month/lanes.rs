//! Events of a week below one another: each has a lane, which is free on all days that it is on.

/// A week has so many days.
pub const DAYS: usize = 7;

/// The days of a week that something is on, first and last, counted from 0.
pub type Days = (usize, usize);

/// A lane for each, in their order: the first one that is free on its days.
pub fn lanes(all: &[Days]) -> Vec<usize> {
    let mut taken: Vec<[bool; DAYS]> = Vec::new();
    let mut lanes = Vec::with_capacity(all.len());
    for &(first, last) in all {
        let days = first..=last.min(DAYS - 1);
        let free = taken.iter().position(|lane| days.clone().all(|day| !lane[day]));
        let lane = free.unwrap_or_else(|| {
            taken.push([false; DAYS]);
            taken.len() - 1
        });
        for day in days {
            taken[lane][day] = true;
        }
        lanes.push(lane);
    }
    lanes
}

/// What is shown of them where there is room for so many lanes, and how many are not on each day. A day with some that are not
/// needs the last lane to say so.
pub fn fitting(all: &[Days], lanes: &[usize], room: usize) -> (Vec<bool>, [usize; DAYS]) {
    let mut is_shown: Vec<bool> = lanes.iter().map(|lane| *lane < room).collect();
    loop {
        let mut more = [0; DAYS];
        for (&(first, last), _) in all.iter().zip(&is_shown).filter(|(_, shown)| !**shown) {
            for count in &mut more[first..=last.min(DAYS - 1)] {
                *count += 1;
            }
        }
        let is_in_the_way = |index: &usize| {
            let (first, last) = all[*index];
            is_shown[*index]
                && lanes[*index] + 1 == room
                && more[first..=last.min(DAYS - 1)].iter().any(|count| *count > 0)
        };
        let in_the_way: Vec<_> = (0..all.len()).filter(is_in_the_way).collect();
        if in_the_way.is_empty() {
            return (is_shown, more);
        }
        for index in in_the_way {
            is_shown[index] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn four_fit_and_of_five_three_and_a_word() {
        let four = [(2, 2); 4];
        assert_eq!(fitting(&four, &lanes(&four), 4), (vec![true; 4], [0; DAYS]));
        let five = [(2, 2); 5];
        assert_eq!(
            fitting(&five, &lanes(&five), 4),
            (vec![true, true, true, false, false], [0, 0, 2, 0, 0, 0, 0])
        );
    }

    #[test]
    fn one_over_several_days_gives_way_on_all_of_them() {
        let all = [(0, 0), (0, 0), (0, 0), (0, 6), (0, 0), (6, 6)];
        let (is_shown, more) = fitting(&all, &lanes(&all), 4);
        assert_eq!(is_shown, [true, true, true, false, false, true]);
        assert_eq!(more, [2, 1, 1, 1, 1, 1, 1]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_two_share_a_place_and_each_is_shown_or_counted(
            all in prop::collection::vec((0..DAYS, 0..DAYS).prop_map(|(a, b)| (a.min(b), a.max(b))), 0..30)
        ) {
            let lanes = lanes(&all);
            let (is_shown, more) = fitting(&all, &lanes, 4);
            for (day, more) in more.iter().enumerate() {
                let here = || (0..all.len()).filter(|index| all[*index].0 <= day && day <= all[*index].1);
                let mut shown: Vec<_> = here().filter(|index| is_shown[*index]).map(|index| lanes[index]).collect();
                shown.sort_unstable();
                let count = shown.len();
                shown.dedup();
                prop_assert_eq!(shown.len(), count);
                prop_assert_eq!(count + more, here().count());
                let room = if *more > 0 { 3 } else { 4 };
                prop_assert!(shown.iter().all(|lane| *lane < room));
            }
        }
    }
}
