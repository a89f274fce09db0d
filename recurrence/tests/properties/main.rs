//! The engine beside a naive reading of the RFC, and beside itself.

mod cases;
mod reference;

use cases::{Case, case};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use recurrence::{Last, Recurrence, Rule};

fn plus_days(at: Timestamp, days: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MAX)
}

/// What the engine gives up to the end of what the reference looks at.
fn engine(case: &Case, rule: &Rule) -> Vec<Timestamp> {
    rule.starts(&case.start).before(plus_days(case.start.instant(), case.rule.horizon())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn starts_are_those_of_a_naive_reading(case in case()) {
        let text = case.rule.to_string();
        let rule = Rule::parse_known(&text, &case.start).unwrap();
        let to = plus_days(case.start.instant(), case.rule.horizon());
        prop_assert_eq!(engine(&case, &rule), reference::starts(&case.rule, &case.start, to), "{}", text);
    }

    #[test]
    fn a_rule_is_entered_anywhere(case in case(), place in 0.0..1.2_f64) {
        let rule = Rule::parse_known(&case.rule.to_string(), &case.start).unwrap();
        let all = engine(&case, &rule);
        let seconds = (case.rule.horizon() * 86_400) as f64 * place;
        let from = case.start.instant().checked_add(SignedDuration::from_secs(seconds as i64 - 86_400));
        // Just at a start as well, and just behind it.
        let some = all[(place * all.len() as f64) as usize % all.len()];
        let behind = some.checked_add(SignedDuration::from_micros(1)).unwrap_or(some);
        let to = plus_days(case.start.instant(), case.rule.horizon());
        for from in [from.unwrap_or(Timestamp::MAX), some, behind] {
            let walked: Vec<_> = all.iter().copied().filter(|start| *start >= from).collect();
            let entered: Vec<_> = rule.starts_from(&case.start, from, None).before(to).collect();
            prop_assert_eq!(&entered, &walked, "{} from {}", rule, from);
            if let Some(last) = rule.count().and_then(|_| all.last()) {
                let entered: Vec<_> = rule.starts_from(&case.start, from, Some(*last)).collect();
                prop_assert_eq!(&entered, &walked, "{} from {} with a last one", rule, from);
            }
        }
    }

    #[test]
    fn the_last_start_and_places_are_those_of_the_walk(case in case(), place in 0..100_usize) {
        let rule = Rule::parse_known(&case.rule.to_string(), &case.start).unwrap();
        let all = engine(&case, &rule);
        if rule.until().is_some() {
            prop_assert_eq!(rule.last(&case.start), Last::At(*all.last().unwrap()), "{}", rule);
        }
        if let Some(at) = all.get(place) {
            let position = rule.position(&case.start, *at);
            prop_assert_eq!((position.before as usize, position.is_start), (place, true), "{}", rule);
            let behind = rule.position(&case.start, *at + SignedDuration::from_micros(1));
            prop_assert_eq!((behind.before as usize, behind.is_start), (place + 1, false), "{}", rule);
        }
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(case in case()) {
        let rule = Rule::parse_known(&case.rule.to_string(), &case.start).unwrap();
        let printed = rule.to_string();
        let again = Rule::parse_known(&printed, &case.start).unwrap();
        prop_assert_eq!(&again, &rule);
        prop_assert_eq!(again.to_string(), printed);
    }

    #[test]
    fn no_text_panics(case in case(), text in cases::text()) {
        let lines: Vec<_> = text.split('\n').collect();
        if let Ok(series) = Recurrence::parse(&lines, &case.start) {
            let printed = series.lines(&case.start);
            prop_assert_eq!(Recurrence::parse(&printed, &case.start), Ok(series));
        }
    }
}
