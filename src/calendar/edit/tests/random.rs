//! Any changes of any series, in any order.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::civil::{Time, date, time};
use proptest::prelude::*;

use super::model::{LAST_DAY, Model, Seen, day, on};
use super::{event, values};
use crate::calendar::edit::{
    Changed, Deleted, EventPatch, change_following, change_occurrence, change_whole, delete_following,
    delete_occurrence,
};
use crate::calendar::series::{RecurrenceId, Series};
use crate::calendar::store::{NewEvent, StoredEvent, StoredSeries};
use crate::http::Change;

#[derive(Debug, Clone, Copy)]
enum What {
    Rename(&'static str),
    /// To this time of the day; one occurrence as well by so many hours, and this many minutes longer.
    Move(Time, i64, i64),
    Delete,
}

#[derive(Debug, Clone, Copy)]
enum Of {
    All,
    This,
    Following,
}

/// A change of one of the events that there are, at one of its occurrences.
type Step = (prop::sample::Index, prop::sample::Index, Of, What);

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        prop::sample::select(["Series", "Other", "Third"].to_vec()).prop_map(What::Rename),
        (
            prop::sample::select([time(2, 30, 0, 0), time(10, 0, 0, 0), time(23, 45, 0, 0)].to_vec()),
            -3..3_i64,
            0..3_i64
        )
            .prop_map(|(time, hours, longer)| What::Move(time, hours, longer * 15)),
        Just(What::Delete),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let of = prop_oneof![Just(Of::All), Just(Of::This), Just(Of::This), Just(Of::Following)];
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), of, what())
}

/// A series that begins in the middle of March 2025, in a zone where clocks change on the 30th, or on April 6th.
fn series() -> impl Strategy<Value = StoredEvent> {
    let rules = [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR,SU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TH",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-2",
        "FREQ=MONTHLY;BYDAY=SU;BYSETPOS=1,-1",
    ];
    let rule = prop::sample::select(rules.to_vec());
    let end = prop_oneof![
        Just(String::new()),
        (1..12).prop_map(|count| format!(";COUNT={count}")),
        Just("UNTIL".into())
    ];
    let zone = prop::sample::select(["UTC", "Europe/Berlin", "America/Santiago"].to_vec());
    let beginning = prop::sample::select([time(2, 30, 0, 0), time(10, 0, 0, 0)].to_vec());
    (rule, end, zone, beginning, any::<bool>(), any::<bool>()).prop_map(
        |(rule, end, name, beginning, is_all_day, has_dates)| {
            let zone = super::zone(name);
            let beginning = if is_all_day { Time::midnight() } else { beginning };
            let on = |day| on(day, beginning, &zone);
            let start_at = on(date(2025, 3, 14));
            let end_at = if is_all_day { on(date(2025, 3, 15)) } else { start_at + TimeDelta::minutes(50) };
            let text = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
            let end = if end == "UNTIL" { format!(";UNTIL={}", text(on(date(2025, 4, 27)))) } else { end };
            let mut lines = vec![format!("RRULE:{rule}{end}")];
            if has_dates {
                let (added, gone) =
                    ([date(2025, 3, 29), date(2025, 4, 1)], [date(2025, 3, 14), date(2025, 3, 30)]);
                lines.push(format!("RDATE:{}", added.map(|day| text(on(day))).join(",")));
                lines.push(format!("EXDATE:{}", gone.map(|day| text(on(day))).join(",")));
            }
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            let values = super::Values { start_at, end_at, ..values("2025-03-14", "2025-03-14", is_all_day) };
            event(values, name, &lines)
        },
    )
}

fn stored(new: NewEvent, like: &StoredEvent) -> StoredEvent {
    let series = new.series.map(|series| StoredSeries { series, is_stale: false, ends_at: None });
    StoredEvent { values: new.values, series, ..like.clone() }
}

/// As it is read again: what is in memory must say no more than what is kept.
fn read_again(event: &StoredEvent) -> StoredEvent {
    let mut event = event.clone();
    let stored = event.series.as_mut().unwrap();
    let (kept, rule) = (&stored.series, stored.series.rule.as_ref().map(ToString::to_string));
    let read = Series::with_rule(&event.values, kept.zone.clone(), rule.as_deref()).unwrap();
    let (exceptions, last_start) = (kept.exceptions.clone(), kept.bounds().last_start);
    stored.series = Series { exceptions, last_start, ..read };
    event
}

/// What a change at an occurrence sends.
fn patch(what: What, of: Of, event: &StoredEvent, seen: &Seen) -> EventPatch {
    let mut patch = EventPatch::default();
    let series = &event.series.as_ref().unwrap().series;
    match what {
        What::Rename(title) => patch.changes.title = Change::Set(title.into()),
        What::Move(time, hours, longer) => {
            let (begins, length) = match of {
                Of::All => (event.values.start_at, event.values.end_at - event.values.start_at),
                Of::This | Of::Following => (seen.id, event.values.end_at - event.values.start_at),
            };
            let (start, length) = match of {
                Of::This => (begins + TimeDelta::hours(hours), length + TimeDelta::minutes(longer)),
                _ => (on(day(begins, &series.zone), time, &series.zone), length),
            };
            patch.changes.start_at = Change::Set(start);
            patch.changes.end_at = Change::Set(start + length);
        }
        What::Delete => {}
    }
    patch
}

/// Changes an event and its model. What is left of both.
fn take(event: StoredEvent, mut model: Model, (_, which, of, what): Step) -> Vec<(StoredEvent, Model)> {
    let seen = which.get(&model.list).clone();
    let id = RecurrenceId::of(seen.id);
    let patch = patch(what, of, &event, &seen);
    match (of, what) {
        (Of::All, What::Delete) => vec![],
        (Of::All, what) => {
            match what {
                What::Rename(title) => model.rename(title),
                What::Move(time, ..) => model.begin_at(time),
                What::Delete => {}
            }
            vec![(change_whole(&event, &patch, "test").unwrap(), model)]
        }
        (Of::This, What::Delete) => {
            model.list.retain(|one| one.id != seen.id);
            left(delete_occurrence(&event, id).unwrap(), model)
        }
        (Of::This, What::Rename(title)) => {
            model.change(seen.id, Some(title), None);
            vec![(change_occurrence(&event, id, &patch).unwrap(), model)]
        }
        (Of::This, What::Move(_, hours, longer)) => {
            let times = (TimeDelta::hours(hours), model.length + TimeDelta::minutes(longer));
            model.change(seen.id, None, Some(times));
            vec![(change_occurrence(&event, id, &patch).unwrap(), model)]
        }
        (Of::Following, What::Delete) => {
            let (before, _) = model.split(seen.id);
            left(delete_following(&event, id).unwrap(), before)
        }
        (Of::Following, what) => {
            let changed = change_following(&event, id, &patch, "test");
            if changed.is_err() {
                assert!(seen.is_added && matches!(what, What::Move(..)), "{changed:?}");
                return vec![(event, model)];
            }
            let (before, mut following) = model.split(seen.id);
            let first = following.one(seen.id);
            match what {
                What::Rename(title) => {
                    first.has_title = false;
                    following.rename(title);
                }
                What::Move(time, ..) => {
                    (first.has_start, first.has_end) = (false, false);
                    following.begin_at(time);
                }
                What::Delete => {}
            }
            match changed.unwrap() {
                Changed::One(one) => {
                    assert!(before.list.is_empty());
                    vec![(*one, following)]
                }
                Changed::Two(one, new) => vec![(*one, before), (stored(*new, &event), following)],
            }
        }
    }
}

fn left(deleted: Deleted, model: Model) -> Vec<(StoredEvent, Model)> {
    match deleted {
        Deleted::All => {
            assert!(model.list.is_empty(), "{model:?}");
            vec![]
        }
        Deleted::But(event) if event.series.is_none() => {
            assert_eq!(model.list.len(), 1);
            vec![]
        }
        Deleted::But(event) => vec![(*event, model)],
    }
}

/// Whether a start that is sent would be read as another time of the day: no clock shows this one there.
fn is_in_gap(event: &StoredEvent, model: &Model, (_, which, of, what): Step) -> bool {
    let seen = which.get(&model.list);
    let begins = if matches!(of, Of::All) { event.values.start_at } else { seen.id };
    match what {
        What::Move(time, ..) => {
            let sent = on(day(begins, &model.zone), time, &model.zone);
            model.zone.rules().to_datetime(crate::time::timestamp(sent)).time() != time
        }
        _ => false,
    }
}

/// Whether the rule has hours of its own, as one does that was split where clocks are put forward.
fn has_hours(event: &StoredEvent) -> bool {
    let series = &event.series.as_ref().unwrap().series;
    series.rule.as_ref().is_some_and(|rule| rule.to_string().contains("BYHOUR"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_change_changes_just_what_it_says(first in series(), steps in prop::collection::vec(step(), 1..8)) {
        let model = Model::of(&first);
        prop_assume!(!model.list.is_empty());
        let mut all = vec![(first, model)];
        for step in steps {
            if all.is_empty() {
                break;
            }
            let (event, model) = all.remove(step.0.index(all.len()));
            let is_whole_day = event.values.is_all_day;
            let moves = matches!(step.3, What::Move(..));
            if model.list.is_empty() || moves && (is_whole_day || has_hours(&event)) {
                continue;
            }
            if is_in_gap(&event, &model, step) {
                continue;
            }
            for (event, model) in take(event, model, step) {
                let event = read_again(&event);
                let shown = Model::of(&event);
                let is_shown = |seen: &Seen| day(seen.id, &model.zone) < LAST_DAY;
                prop_assert!(model.list.iter().all(is_shown));
                prop_assert_eq!(ids(&shown), ids(&model));
                for (shown, wanted) in shown.list.iter().zip(&model.list) {
                    // One that was added can be the first of a series by now.
                    let wanted = Seen { is_added: shown.is_added, ..wanted.clone() };
                    prop_assert_eq!(shown, &wanted);
                }
                all.push((event, model));
            }
        }
    }
}

fn ids(model: &Model) -> Vec<String> {
    model.list.iter().map(|seen| seen.id.to_string()).collect()
}
