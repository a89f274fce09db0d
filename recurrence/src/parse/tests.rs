use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::{Rule, Start};

fn start() -> Start {
    Start::new(date(2025, 1, 6).at(9, 0, 0, 0), TimeZone::get("Europe/Berlin").unwrap(), false).unwrap()
}

fn day() -> Start {
    Start::new(date(2025, 1, 6).at(0, 0, 0, 0), TimeZone::UTC, true).unwrap()
}

fn canonical(text: &str, start: &Start) -> String {
    let printed =
        Rule::parse(text, start).map_or_else(|reason| format!("! {reason}"), |rule| rule.to_string());
    if !printed.starts_with('!') {
        assert_eq!(Rule::parse(&printed, start).unwrap().to_string(), printed);
    }
    printed
}

#[test]
fn rules_print_in_one_form() {
    for (text, printed) in [
        ("FREQ=WEEKLY;BYDAY=MO;", "FREQ=WEEKLY;BYDAY=MO"),
        ("byday=su,mo,MO;freq=weekly;wkst=mo;interval=1", "FREQ=WEEKLY;BYDAY=MO,SU"),
        ("BYDAY=-1FR,+2MO,1FR,TU;FREQ=MONTHLY;WKST=SU", "FREQ=MONTHLY;BYDAY=2MO,TU,-1FR,1FR;WKST=SU"),
        ("FREQ=MONTHLY;BYMONTHDAY=31,-1,1,-31,+2", "FREQ=MONTHLY;BYMONTHDAY=-31,-1,1,2,31"),
        ("FREQ=YEARLY;BYYEARDAY=100,-1,1,100", "FREQ=YEARLY;BYYEARDAY=-1,1,100"),
        ("FREQ=YEARLY;BYWEEKNO=53,-53,1;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=-53,1,53;BYDAY=MO"),
        (
            "FREQ=DAILY;BYSETPOS=-1,1;BYSECOND=60,0;BYMINUTE=30,0;BYHOUR=23,0;BYMONTH=12,1;COUNT=7;INTERVAL=02",
            "FREQ=DAILY;INTERVAL=2;COUNT=7;BYMONTH=1,12;BYHOUR=0,23;BYMINUTE=0,30;BYSECOND=0,59;BYSETPOS=-1,1",
        ),
        ("FREQ=DAILY;UNTIL=20250201T080000Z", "FREQ=DAILY;UNTIL=20250201T080000Z"),
        // A local time, and the end of a local day.
        ("FREQ=DAILY;UNTIL=20250701T090000", "FREQ=DAILY;UNTIL=20250701T070000Z"),
        ("FREQ=DAILY;UNTIL=20250201", "FREQ=DAILY;UNTIL=20250201T225959Z"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY;UNTIL=99991231T235959Z"),
        ("FREQ=DAILY;UNTIL=20250106T080000Z", "FREQ=DAILY;UNTIL=20250106T080000Z"),
    ] {
        assert_eq!(canonical(text, &start()), printed);
    }
    for (text, printed) in [
        ("FREQ=DAILY;UNTIL=20250201", "FREQ=DAILY;UNTIL=20250201"),
        ("FREQ=DAILY;UNTIL=20250201T235959Z", "FREQ=DAILY;UNTIL=20250201"),
        ("FREQ=DAILY;UNTIL=20250201T000000", "FREQ=DAILY;UNTIL=20250201"),
        ("FREQ=DAILY;UNTIL=99991231", "FREQ=DAILY;UNTIL=99991231"),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=1;BYSECOND=1", "FREQ=DAILY"),
    ] {
        assert_eq!(canonical(text, &day()), printed);
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (text, reason) in [
        ("", "An empty text is no part of a rule"),
        ("FREQ=DAILY;;", "An empty text is no part of a rule"),
        ("INTERVAL=2", "FREQ is missing"),
        ("FREQ=SECONDLY", "FREQ must not be SECONDLY"),
        ("FREQ=FORTNIGHTLY", "FREQ must be one of MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ must not be there twice"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER is no part of a rule"),
        ("FREQ=DAILY;COUNT", "COUNT is no part of a rule"),
        ("FREQ=DAILY;COUNT=0", "COUNT must be 1 to 999999"),
        ("FREQ=DAILY;COUNT=1000000", "COUNT must be 1 to 999999"),
        ("FREQ=DAILY;COUNT=+1", "COUNT must be 1 to 999999"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be 1 to 999999"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL must be 1 to 999999"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20260101T000000Z", "COUNT and UNTIL must not be there together"),
        ("FREQ=DAILY;UNTIL=20250106T075959Z", "UNTIL must not be before the start"),
        ("FREQ=DAILY;UNTIL=20250105", "UNTIL must not be before the start"),
        ("FREQ=DAILY;UNTIL=2026", "UNTIL must be a date and time such as 20251231T230000Z, or a date"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY must be -31 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY must be -31 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY must not be 0"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,,2", "BYMONTHDAY must be -31 to 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=--1", "BYMONTHDAY must be -31 to 31"),
        ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY must be -366 to 366"),
        ("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO must be -53 to 53"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH must be 1 to 12"),
        ("FREQ=YEARLY;BYMONTH=-1", "BYMONTH must be 1 to 12"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR must be 0 to 23"),
        ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE must be 0 to 59"),
        ("FREQ=DAILY;BYSECOND=61", "BYSECOND must be 0 to 60"),
        ("FREQ=DAILY;BYHOUR=9;BYSETPOS=367", "BYSETPOS must be -366 to 366"),
        ("FREQ=DAILY;WKST=MON", "WKST must be one of MO, TU, WE, TH, FR, SA, SU"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS needs another BY part"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO is for YEARLY rules"),
        ("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY is not for DAILY, WEEKLY and MONTHLY rules"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY is not for WEEKLY rules"),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY has numbers in MONTHLY and YEARLY rules alone"),
        ("FREQ=HOURLY;BYDAY=1MO", "BYDAY has numbers in MONTHLY and YEARLY rules alone"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY has no numbers beside BYWEEKNO"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "The rule has no occurrence"),
    ] {
        assert_eq!(canonical(text, &start()), format!("! {reason}"), "{text}");
    }
    for byday in ["0MO", "54MO", "M", "", "MO,", "1", "MOO", "é", "aé", "1é", "--1MO"] {
        let text = format!("FREQ=MONTHLY;BYDAY={byday}");
        assert!(canonical(&text, &start()).starts_with("! BYDAY must be of"), "{text}");
    }
    for (text, reason) in [
        ("FREQ=HOURLY", "HOURLY and MINUTELY rules are not for whole days"),
        ("FREQ=DAILY;BYHOUR=9;BYSETPOS=1", "BYSETPOS needs another BY part"),
    ] {
        assert_eq!(canonical(text, &day()), format!("! {reason}"));
    }
    let long = format!("FREQ=DAILY;BYHOUR={}", "1,".repeat(2000));
    assert_eq!(canonical(&long, &start()), "! The rule must be no longer than 4000 bytes");
}

#[test]
fn what_never_matches_is_refused_at_once() {
    let began = std::time::Instant::now();
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2,4,6;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=54",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3",
        "FREQ=YEARLY;BYMONTH=3;BYYEARDAY=1",
        "FREQ=YEARLY;BYMONTH=6;BYWEEKNO=1",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=10,12,14",
        "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1,3,5",
        "FREQ=MINUTELY;BYSETPOS=4;BYHOUR=0",
        "FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=3",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MINUTELY;INTERVAL=999999;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3;BYMINUTE=7;BYDAY=MO",
        "FREQ=MINUTELY;INTERVAL=420;BYDAY=MO;BYHOUR=5;BYMINUTE=0",
        "FREQ=YEARLY;INTERVAL=999999;BYMONTH=1;BYMONTHDAY=1",
    ] {
        assert_eq!(canonical(text, &start()), "! The rule has no occurrence", "{text}");
    }
    // Far longer than all of them take, unoptimised, and far less than a search minute by minute.
    assert!(began.elapsed().as_secs() < 5);
}
