//! Lines of an event in and out, and what they mean together.

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use recurrence::{Last, MAX_EXCEPTIONS, MAX_LINE, Occurrence, Position, Recurrence, Rule, Start};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn start(local: &str, zone: &str) -> Start {
    Start::new(local.parse().unwrap(), TimeZone::get(zone).unwrap(), false).unwrap()
}

fn berlin() -> Start {
    start("2025-01-06T09:00:00", "Europe/Berlin")
}

fn day() -> Start {
    Start::new(date(2025, 1, 6).at(0, 0, 0, 0), TimeZone::get("Europe/Berlin").unwrap(), true).unwrap()
}

fn printed(start: &Start, lines: &[&str]) -> Vec<String> {
    let series = Recurrence::parse(lines, start).unwrap();
    let printed = series.lines(start);
    assert_eq!(Recurrence::parse(&printed, start).unwrap(), series);
    assert_eq!(Recurrence::parse_known(&printed, start).unwrap().lines(start), printed);
    printed
}

fn starts(start: &Start, lines: &[&str]) -> Vec<String> {
    let series = Recurrence::parse(lines, start).unwrap();
    series.occurrences(start).take(20).map(|one| one.start.to_string()).collect()
}

fn refused(start: &Start, lines: &[&str]) -> (usize, String) {
    Recurrence::parse(lines, start).unwrap_err()
}

#[test]
fn lines_print_in_one_form() {
    assert_eq!(printed(&berlin(), &[]), [""; 0]);
    let lines = [
        "exdate;tzid=Europe/Berlin:20250113T090000,20250120T090000",
        "EXDATE:20250113T080000Z",
        "RDATE;TZID=\"America/New_York\";X-NOTE=\"a;b:c\":20250301T090000",
        "RRULE;VALUE=RECUR:freq=weekly",
        "RDATE;VALUE=PERIOD:20250401T080000Z/PT1H,20250402T080000Z/20250402T093000Z",
        // The day before summer time begins: a day on the calendar has 23 hours there.
        "RDATE;VALUE=PERIOD;TZID=/Europe/Berlin:20250329T090000/P1DT1H",
        "RDATE:20250401T080000Z",
        // A date is that day at the start's time.
        "RDATE;VALUE=DATE:20250501",
        "EXDATE:20250701T090000",
    ];
    let canonical = [
        "RRULE:FREQ=WEEKLY",
        "RDATE:20250301T140000Z,20250501T070000Z",
        "RDATE;VALUE=PERIOD:20250329T080000Z/20250330T080000Z,20250401T080000Z/20250401T090000Z,\
         20250402T080000Z/20250402T093000Z",
        "EXDATE:20250113T080000Z,20250120T080000Z,20250701T070000Z",
    ];
    assert_eq!(printed(&berlin(), &lines), canonical);
}

#[test]
fn a_series_of_days_has_dates() {
    let lines = [
        "RRULE:FREQ=WEEKLY;UNTIL=20250201",
        "EXDATE;VALUE=DATE:20250113",
        // Midnight in Berlin, and a time within the day.
        "EXDATE:20250119T230000Z",
        "RDATE:20250401T120000",
        "RDATE;VALUE=DATE:20250402",
    ];
    let canonical = [
        "RRULE:FREQ=WEEKLY;UNTIL=20250201",
        "RDATE;VALUE=DATE:20250401,20250402",
        "EXDATE;VALUE=DATE:20250113,20250120",
    ];
    assert_eq!(printed(&day(), &lines), canonical);
    let days = ["2025-01-05", "2025-01-26", "2025-03-31", "2025-04-01"];
    let hours = ["23", "23", "22", "22"];
    let expected: Vec<_> = days.iter().zip(hours).map(|(day, hour)| format!("{day}T{hour}:00:00Z")).collect();
    assert_eq!(starts(&day(), &lines), expected);
}

#[test]
fn a_line_that_is_wrong_is_named() {
    for (lines, place, reason) in [
        (&["RRULE:FREQ=MONTHLY;BYMONTHDAY=32"][..], 0, "BYMONTHDAY must be -31 to 31"),
        (&["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], 1, "There must be one RRULE only"),
        (&["EXRULE:FREQ=DAILY"], 0, "EXRULE is no longer part of iCalendar: name the times in EXDATE"),
        (&["DTSTART:20250101T000000Z"], 0, "DTSTART is none of RRULE, RDATE, EXDATE"),
        (&[""], 0, "An empty text is no line of a recurrence"),
        (&["FREQ=DAILY"], 0, "FREQ=DAILY is no line of a recurrence"),
        (&["RRULE;X=1"], 0, "A line needs a colon before its value"),
        (&["RRULE;X:FREQ=DAILY"], 0, "X is no parameter"),
        (&["RDATE;VALUE=TEXT:a"], 0, "VALUE must be one of DATE-TIME, DATE, PERIOD"),
        (&["EXDATE;VALUE=PERIOD:20250101T000000Z/PT1H"], 0, "VALUE must be one of DATE-TIME, DATE"),
        (&["EXDATE;TZID=Europe/Atlantis:20250101T000000"], 0, "Europe/Atlantis is no known time zone"),
        (&["EXDATE:"], 0, "An empty text must be such as 20251215T090000Z"),
        (&["EXDATE:20250230T090000Z"], 0, "20250230T090000Z must be such as 20251215T090000Z"),
        (&["EXDATE:99991231T235959Z"], 0, "99991231T235959Z must be such as 20251215T090000Z"),
        (
            &["RDATE;VALUE=PERIOD:20250101T000000Z/PT0S"],
            0,
            "20250101T000000Z/PT0S must be a period such as 20251215T090000Z/PT1H, which ends after it begins",
        ),
    ] {
        assert_eq!(refused(&berlin(), lines), (place, reason.to_string()), "{lines:?}");
    }
    let period = ["RDATE;VALUE=PERIOD:20250101T000000Z/PT1H"];
    assert_eq!(refused(&day(), &period), (0, "PERIOD is not for whole days".into()));
    assert_eq!(refused(&day(), &["EXDATE:x"]), (0, "x must be such as 20251215".into()));
    let reason = refused(&berlin(), &[&"é\u{7}".repeat(50)]).1;
    assert_eq!(reason, format!("{}… is no line of a recurrence", "é".repeat(30)));
}

#[test]
fn exceptions_and_lengths_are_bounded() {
    let times = |count| vec!["20250113T080000Z"; count].join(",");
    let lines = [format!("EXDATE:{}", times(600)), format!("RDATE:{}", times(MAX_EXCEPTIONS - 600))];
    assert!(Recurrence::parse(&lines, &berlin()).is_ok());
    let lines = [lines[0].clone(), lines[1].clone(), "EXDATE:20250113T080000Z".into()];
    let reason = "There must be no more than 1000 RDATE and EXDATE together".to_string();
    assert_eq!(Recurrence::parse(&lines, &berlin()), Err((2, reason)));
    let long = format!("RRULE;X={}:FREQ=DAILY", "x".repeat(MAX_LINE));
    assert_eq!(refused(&berlin(), &[&long]), (0, format!("A line must be no longer than {MAX_LINE} bytes")));
}

#[test]
fn the_start_is_the_first_occurrence_and_counts() {
    // January 6 is a Monday.
    let lines = ["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3"];
    let expected = ["2025-01-06T08:00:00Z", "2025-01-08T08:00:00Z", "2025-01-15T08:00:00Z"];
    assert_eq!(starts(&berlin(), &lines), expected);
    assert_eq!(starts(&berlin(), &["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1"]), expected[..1]);
    // Excluded it counts, too.
    assert_eq!(starts(&berlin(), &[lines[0], "EXDATE:20250106T080000Z"]), expected[1..]);
    // Without a rule it is an occurrence of its own.
    assert_eq!(starts(&berlin(), &[]), expected[..1]);
    assert_eq!(starts(&berlin(), &["RDATE:20250101T080000Z"]), ["2025-01-01T08:00:00Z", expected[0]]);
}

#[test]
fn until_is_inclusive() {
    let rule = "RRULE:FREQ=DAILY;UNTIL=20250107T080000Z";
    assert_eq!(starts(&berlin(), &[rule]), ["2025-01-06T08:00:00Z", "2025-01-07T08:00:00Z"]);
    let rule = "RRULE:FREQ=DAILY;UNTIL=20250107T075959Z";
    assert_eq!(starts(&berlin(), &[rule]), ["2025-01-06T08:00:00Z"]);
    assert_eq!(starts(&day(), &["RRULE:FREQ=DAILY;UNTIL=20250107"]).len(), 2);
}

#[test]
fn a_time_in_a_gap_is_an_occurrence() {
    let start = start("2025-03-29T02:30:00", "Europe/Berlin");
    let expected = ["2025-03-29T01:30:00Z", "2025-03-30T01:30:00Z", "2025-03-31T00:30:00Z"];
    assert_eq!(starts(&start, &["RRULE:FREQ=DAILY;COUNT=3"]), expected);
}

#[test]
fn times_that_fall_on_one_instant_are_one_occurrence_and_come_in_order() {
    let start = start("2025-03-30T01:15:00", "Europe/Berlin");
    // 2:15, 2:45, 3:15 and 3:45 are two instants.
    let minutes = ["RRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=5"];
    let times = ["00:15", "00:45", "01:15", "01:45", "02:15"];
    assert_eq!(starts(&start, &minutes), times.map(|time| format!("2025-03-30T{time}:00Z")));
    // 2:40 is 3:40, and so after 3:15.
    let times = ["00:15", "00:40", "01:15", "01:40", "02:15"];
    let hours = ["RRULE:FREQ=DAILY;BYHOUR=1,2,3,4;BYMINUTE=15,40;COUNT=5"];
    assert_eq!(starts(&start, &hours), times.map(|time| format!("2025-03-30T{time}:00Z")));
    let minutes = ["RRULE:FREQ=MINUTELY;INTERVAL=35;COUNT=6"];
    let times = ["00:15", "00:50", "01:00", "01:25", "01:35", "02:10"];
    assert_eq!(starts(&start, &minutes), times.map(|time| format!("2025-03-30T{time}:00Z")));
    // Samoa had no December 30 in 2011: its ten o'clock is that of the 31st.
    let apia = self::start("2011-12-29T10:00:00", "Pacific/Apia");
    let days = ["2011-12-29T20:00:00Z", "2011-12-30T20:00:00Z", "2011-12-31T20:00:00Z"];
    assert_eq!(starts(&apia, &["RRULE:FREQ=DAILY;COUNT=3"]), days);
}

#[test]
fn hours_are_those_of_the_clock() {
    let start = start("2025-10-26T01:00:00", "Europe/Berlin");
    // Two o'clock comes twice, and is the first.
    let expected = ["2025-10-25T23:00:00Z", "2025-10-26T00:00:00Z", "2025-10-26T02:00:00Z"];
    assert_eq!(starts(&start, &["RRULE:FREQ=HOURLY;COUNT=3"]), expected);
}

#[test]
fn a_series_can_begin_at_the_second_of_two_times() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let start = Start::at(at("2025-10-26T01:30:00Z"), zone, false).unwrap();
    let expected = ["2025-10-26T01:30:00Z", "2025-10-26T02:00:00Z"];
    assert_eq!(starts(&start, &["RRULE:FREQ=MINUTELY;INTERVAL=15;BYMINUTE=0,30;COUNT=2"]), expected);
}

#[test]
fn fractions_are_those_of_the_start() {
    let start = start("2025-01-06T09:00:00.5", "Europe/Berlin");
    let lines =
        ["RRULE:FREQ=DAILY;UNTIL=20250108T080000Z", "EXDATE:20250107T080000Z", "RDATE:20250109T080000Z"];
    let expected = ["2025-01-06T08:00:00.5Z", "2025-01-08T08:00:00.5Z", "2025-01-09T08:00:00.5Z"];
    assert_eq!(starts(&start, &lines), expected);
    assert_eq!(printed(&start, &lines).len(), 3);
    let rule = Rule::parse("FREQ=DAILY", &start).unwrap();
    let from = |text| rule.starts_from(&start, at(text), None).next().unwrap().to_string();
    assert_eq!(from("2025-01-08T08:00:00.5Z"), "2025-01-08T08:00:00.5Z");
    assert_eq!(from("2025-01-08T08:00:00.500001Z"), "2025-01-09T08:00:00.5Z");
    let to = |text| rule.starts(&start).before(at(text)).count();
    assert_eq!((to("2025-01-08T08:00:00.5Z"), to("2025-01-08T08:00:00.500001Z")), (2, 3));
}

#[test]
fn what_is_added_keeps_its_end() {
    let lines =
        ["RRULE:FREQ=DAILY;COUNT=2", "RDATE;VALUE=PERIOD:20250107T080000Z/PT3H,20250101T080000Z/PT1H"];
    let start = berlin();
    let series = Recurrence::parse(&lines, &start).unwrap();
    let occurrence = |start: &str, end: Option<&str>| Occurrence { start: at(start), end: end.map(at) };
    let all = [
        occurrence("2025-01-01T08:00:00Z", Some("2025-01-01T09:00:00Z")),
        occurrence("2025-01-06T08:00:00Z", None),
        occurrence("2025-01-07T08:00:00Z", Some("2025-01-07T11:00:00Z")),
    ];
    assert_eq!(series.occurrences(&start).collect::<Vec<_>>(), all);
    let between = |from, to| series.occurrences_between(&start, at(from), at(to), None).collect::<Vec<_>>();
    assert_eq!(between("2025-01-06T08:00:00Z", "2025-01-07T08:00:00Z"), all[1..2]);
    assert_eq!(between("2025-01-06T08:00:01Z", "2025-02-01T00:00:00Z"), all[2..]);
    assert_eq!(between("2024-01-06T08:00:01Z", "2025-01-06T00:00:00Z"), all[..1]);
}

#[test]
fn a_series_is_split() {
    let start = berlin();
    let rule = Rule::parse("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10", &start).unwrap();
    let place = at("2025-01-15T08:00:00Z");
    assert_eq!(rule.position(&start, place), Position { before: 3, is_start: true });
    let between = at("2025-01-15T08:00:01Z");
    assert_eq!(rule.position(&start, between), Position { before: 4, is_start: false });
    assert_eq!(rule.position(&start, at("2020-01-01T00:00:00Z")), Position { before: 0, is_start: false });
    assert_eq!(rule.position(&start, at("2030-01-01T00:00:00Z")), Position { before: 10, is_start: false });
    let Last::At(last) = rule.last(&start) else { panic!("{rule}") };
    let first_half = rule.clone().with_count(3);
    assert_eq!(first_half.to_string(), "FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE");
    let second_start = Start::at(place, start.zone().clone(), false).unwrap();
    let second_half = rule.clone().with_count(7);
    assert_eq!(second_half.last(&second_start), Last::At(last));
    let halves: Vec<_> = first_half.starts(&start).chain(second_half.starts(&second_start)).collect();
    assert_eq!(halves, rule.starts(&start).collect::<Vec<_>>());
    let endless = rule.without_end();
    assert!(endless.is_endless());
    assert_eq!(endless.last(&start), Last::Open);
    let until = endless.with_until(&start, place - jiff::SignedDuration::from_secs(1));
    assert_eq!(until.to_string(), "FREQ=WEEKLY;UNTIL=20250115T075959Z;BYDAY=MO,WE");
    assert_eq!(until.last(&start), Last::At(at("2025-01-13T08:00:00Z")));
    assert_eq!(until.starts(&start).count(), 3);
    assert_eq!(until.with_until(&start, at("2025-01-01T00:00:00Z")).last(&start), Last::Nothing);
}

#[test]
fn a_series_of_days_is_split_between_days() {
    let start = day();
    let rule = Rule::parse("FREQ=DAILY", &start).unwrap();
    let place = at("2025-01-08T23:00:00Z");
    assert!(rule.position(&start, place).is_start);
    let until = rule.clone().with_until(&start, place - jiff::SignedDuration::from_secs(1));
    assert_eq!(until.to_string(), "FREQ=DAILY;UNTIL=20250108");
    assert_eq!(until.until_date(), Some(date(2025, 1, 8)));
    assert_eq!(rule.with_until(&start, place).to_string(), "FREQ=DAILY;UNTIL=20250109");
}

#[test]
fn a_count_is_entered_where_its_last_start_is_known() {
    let start = berlin();
    let rule = Rule::parse("FREQ=DAILY;COUNT=1000", &start).unwrap();
    let Last::At(last) = rule.last(&start) else { panic!("{rule}") };
    let from = last - jiff::SignedDuration::from_hours(48);
    let counted: Vec<_> = rule.starts_from(&start, from, None).collect();
    assert_eq!(counted.len(), 3);
    assert_eq!(rule.starts_from(&start, from, Some(last)).collect::<Vec<_>>(), counted);
}

#[test]
fn whole_weeks_belong_to_their_year() {
    // Week 1 of 2026 begins on Monday, December 29.
    let start = start("2024-01-01T09:00:00", "UTC");
    let lines = ["RRULE:FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;COUNT=3"];
    let expected = ["2024-01-01T09:00:00Z", "2025-12-29T09:00:00Z", "2028-01-03T09:00:00Z"];
    assert_eq!(starts(&start, &lines), expected);
    let days = ["RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU;BYSETPOS=-1;COUNT=3"];
    let expected = ["2024-01-01T09:00:00Z", "2024-01-07T09:00:00Z", "2025-01-05T09:00:00Z"];
    assert_eq!(starts(&start, &days), expected);
}

#[test]
fn years_1_and_9999_are_edges() {
    let first = start("0001-01-01T00:00:00", "Pacific/Apia");
    assert_eq!(starts(&first, &["RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=2"]).len(), 2);
    for zone in ["UTC", "Pacific/Apia", "America/New_York"] {
        for rule in
            ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY;INTERVAL=600", "YEARLY;BYWEEKNO=52"]
        {
            let last = start("9999-12-28T00:00:00", zone);
            // The start alone may match.
            let rule = Rule::parse(&format!("FREQ={rule}"), &last).unwrap();
            assert!((1..=97).contains(&rule.starts(&last).count()), "{rule}");
            assert_eq!(rule.starts_from(&last, Timestamp::MAX, None).count(), 0);
        }
    }
}

#[test]
fn a_search_that_finds_nothing_ends() {
    let start = berlin();
    let began = std::time::Instant::now();
    for rule in [
        "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
        "FREQ=MINUTELY;INTERVAL=999999;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=HOURLY;INTERVAL=23;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYDAY=TU",
        "FREQ=MINUTELY;INTERVAL=1439;BYHOUR=3;BYMINUTE=7;BYDAY=SU;BYMONTHDAY=13;BYSECOND=0;BYSETPOS=2",
        "FREQ=WEEKLY;INTERVAL=53;BYMONTH=2;BYDAY=SU;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=14;BYDAY=TU",
    ] {
        let rule = Rule::parse_known(rule, &start).unwrap();
        let _ = rule.never_matches(&start);
        rule.starts(&start).take(5).count();
        rule.starts_from(&start, at("9000-01-01T00:00:00Z"), None).take(5).count();
    }
    // Far longer than all of them take, unoptimised, and far less than a search minute by minute.
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}
