//! The examples of RFC 5545, section 3.8.5.3, with the dates that it gives.

use jiff::tz::TimeZone;
use recurrence::{Rule, Start};

/// What follows the dates that an example names.
#[derive(PartialEq)]
enum Then {
    End,
    More,
}
use Then::{End, More};

fn check(start: &str, rule: &str, dates: &[&str], then: Then) {
    let zone = TimeZone::get("America/New_York").unwrap();
    let start = Start::new(start.parse().unwrap(), zone.clone(), false).unwrap();
    let rule = Rule::parse(rule, &start).unwrap();
    let expected: Vec<_> = dates.iter().flat_map(|dates| spread(dates)).collect();
    let mut starts =
        rule.starts(&start).map(|at| zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string());
    let found: Vec<_> = starts.by_ref().take(expected.len()).collect();
    assert_eq!(found, expected, "{rule}");
    assert_eq!(starts.next().is_none(), then == End, "{rule}");
}

/// `1997-09 2..4,10 09:00,09:20`: days of a month at times, nine o'clock where none is named.
fn spread(text: &str) -> Vec<String> {
    let mut words = text.split(' ');
    let month = words.next().unwrap();
    let days = words.next().unwrap().split(',').flat_map(|days| {
        let (first, last) = days.split_once("..").unwrap_or((days, days));
        first.parse::<u32>().unwrap()..=last.parse().unwrap()
    });
    let times: Vec<_> = words.next().unwrap_or("09:00").split(',').collect();
    days.flat_map(|day| times.iter().map(move |time| format!("{month}-{day:02} {time}"))).collect()
}

const START: &str = "1997-09-02T09:00:00";

#[test]
fn daily() {
    check(START, "FREQ=DAILY;COUNT=10", &["1997-09 2..11"], End);
    let until = ["1997-09 2..30", "1997-10 1..31", "1997-11 1..30", "1997-12 1..23"];
    check(START, "FREQ=DAILY;UNTIL=19971224T000000Z", &until, End);
    let other = [
        "1997-09 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30",
        "1997-10 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30",
        "1997-11 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29",
        "1997-12 1,3",
    ];
    check(START, "FREQ=DAILY;INTERVAL=2", &other, More);
    check(START, "FREQ=DAILY;INTERVAL=10;COUNT=5", &["1997-09 2,12,22", "1997-10 2,12"], End);
}

#[test]
fn every_day_in_january() {
    let januaries = ["1998-01 1..31", "1999-01 1..31", "2000-01 1..31"];
    let start = "1998-01-01T09:00:00";
    let yearly = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA";
    check(start, yearly, &januaries, End);
    check(start, "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", &januaries, End);
}

#[test]
fn weekly() {
    let ten = ["1997-09 2,9,16,23,30", "1997-10 7,14,21,28", "1997-11 4"];
    check(START, "FREQ=WEEKLY;COUNT=10", &ten, End);
    let until = ["1997-09 2,9,16,23,30", "1997-10 7,14,21,28", "1997-11 4,11,18,25", "1997-12 2,9,16,23"];
    check(START, "FREQ=WEEKLY;UNTIL=19971224T000000Z", &until, End);
    let other =
        ["1997-09 2,16,30", "1997-10 14,28", "1997-11 11,25", "1997-12 9,23", "1998-01 6,20", "1998-02 3,17"];
    check(START, "FREQ=WEEKLY;INTERVAL=2;WKST=SU", &other, More);
    let two_days = ["1997-09 2,4,9,11,16,18,23,25,30", "1997-10 2"];
    check(START, "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", &two_days, End);
    check(START, "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", &two_days, End);
    let three_days = [
        "1997-09 1,3,5,15,17,19,29",
        "1997-10 1,3,13,15,17,27,29,31",
        "1997-11 10,12,14,24,26,28",
        "1997-12 8,10,12,22",
    ];
    let rule = "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR";
    check("1997-09-01T09:00:00", rule, &three_days, End);
    let eight = ["1997-09 2,4,16,18,30", "1997-10 2,14,16"];
    check(START, "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", &eight, End);
}

#[test]
fn monthly_on_weekdays() {
    let first_friday = [
        "1997-09 5",
        "1997-10 3",
        "1997-11 7",
        "1997-12 5",
        "1998-01 2",
        "1998-02 6",
        "1998-03 6",
        "1998-04 3",
        "1998-05 1",
        "1998-06 5",
    ];
    let friday = "1997-09-05T09:00:00";
    check(friday, "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", &first_friday, End);
    check(friday, "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", &first_friday[..4], End);
    let first_and_last_sunday =
        ["1997-09 7,28", "1997-11 2,30", "1998-01 4,25", "1998-03 1,29", "1998-05 3,31"];
    let rule = "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU";
    check("1997-09-07T09:00:00", rule, &first_and_last_sunday, End);
    let last_monday_but_one =
        ["1997-09 22", "1997-10 20", "1997-11 17", "1997-12 22", "1998-01 19", "1998-02 16"];
    check("1997-09-22T09:00:00", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", &last_monday_but_one, End);
}

#[test]
fn monthly_on_days_of_the_month() {
    let third_last = ["1997-09 28", "1997-10 29", "1997-11 28", "1997-12 29", "1998-01 29", "1998-02 26"];
    check("1997-09-28T09:00:00", "FREQ=MONTHLY;BYMONTHDAY=-3", &third_last, More);
    let two = ["1997-09 2,15", "1997-10 2,15", "1997-11 2,15", "1997-12 2,15", "1998-01 2,15"];
    check(START, "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", &two, End);
    let ends = ["1997-09 30", "1997-10 1,31", "1997-11 1,30", "1997-12 1,31", "1998-01 1,31", "1998-02 1"];
    check("1997-09-30T09:00:00", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", &ends, End);
    let eighteen_months = ["1997-09 10..15", "1999-03 10..13"];
    let rule = "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15";
    check("1997-09-10T09:00:00", rule, &eighteen_months, End);
    let tuesdays =
        ["1997-09 2,9,16,23,30", "1997-11 4,11,18,25", "1998-01 6,13,20,27", "1998-03 3,10,17,24,31"];
    check(START, "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", &tuesdays, More);
}

#[test]
fn yearly() {
    let two_months = [
        "1997-06 10",
        "1997-07 10",
        "1998-06 10",
        "1998-07 10",
        "1999-06 10",
        "1999-07 10",
        "2000-06 10",
        "2000-07 10",
        "2001-06 10",
        "2001-07 10",
    ];
    check("1997-06-10T09:00:00", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", &two_months, End);
    let three_months = [
        "1997-03 10",
        "1999-01 10",
        "1999-02 10",
        "1999-03 10",
        "2001-01 10",
        "2001-02 10",
        "2001-03 10",
        "2003-01 10",
        "2003-02 10",
        "2003-03 10",
    ];
    check("1997-03-10T09:00:00", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", &three_months, End);
    let days = [
        "1997-01 1",
        "1997-04 10",
        "1997-07 19",
        "2000-01 1",
        "2000-04 9",
        "2000-07 18",
        "2003-01 1",
        "2003-04 10",
        "2003-07 19",
        "2006-01 1",
    ];
    let rule = "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200";
    check("1997-01-01T09:00:00", rule, &days, End);
    let twentieth_monday = ["1997-05 19", "1998-05 18", "1999-05 17"];
    check("1997-05-19T09:00:00", "FREQ=YEARLY;BYDAY=20MO", &twentieth_monday, More);
    let week_20 = ["1997-05 12", "1998-05 11", "1999-05 17"];
    check("1997-05-12T09:00:00", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", &week_20, More);
    let thursdays = ["1997-03 13,20,27", "1998-03 5,12,19,26", "1999-03 4,11,18,25"];
    check("1997-03-13T09:00:00", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", &thursdays, More);
    let summer = [
        "1997-06 5,12,19,26",
        "1997-07 3,10,17,24,31",
        "1997-08 7,14,21,28",
        "1998-06 4,11,18,25",
        "1998-07 2,9,16,23,30",
        "1998-08 6,13,20,27",
        "1999-06 3,10,17,24",
        "1999-07 1,8,15,22,29",
        "1999-08 5,12,19,26",
    ];
    check("1997-06-05T09:00:00", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", &summer, More);
}

#[test]
fn days_of_two_kinds_limit_each_other() {
    // The example takes DTSTART away by an EXDATE.
    let fridays_13 = ["1997-09 2", "1998-02 13", "1998-03 13", "1998-11 13", "1999-08 13", "2000-10 13"];
    check(START, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", &fridays_13, More);
    let saturdays = [
        "1997-09 13",
        "1997-10 11",
        "1997-11 8",
        "1997-12 13",
        "1998-01 10",
        "1998-02 7",
        "1998-03 7",
        "1998-04 11",
        "1998-05 9",
        "1998-06 13",
    ];
    let rule = "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13";
    check("1997-09-13T09:00:00", rule, &saturdays, More);
    let elections = ["1996-11 5", "2000-11 7", "2004-11 2"];
    let rule = "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8";
    check("1996-11-05T09:00:00", rule, &elections, More);
}

#[test]
fn positions_in_a_set() {
    let third = ["1997-09 4", "1997-10 7", "1997-11 6"];
    check("1997-09-04T09:00:00", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", &third, End);
    let weekday_before_last =
        ["1997-09 29", "1997-10 30", "1997-11 27", "1997-12 30", "1998-01 29", "1998-02 26", "1998-03 30"];
    let rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2";
    check("1997-09-29T09:00:00", rule, &weekday_before_last, More);
}

#[test]
fn hours_and_minutes() {
    // The RFC has UNTIL=19970902T170000Z, 13:00 there, and lists 15:00; 5 PM is what it means.
    check(START, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", &["1997-09 2 09:00,12:00,15:00"], End);
    check(
        START,
        "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        &["1997-09 2 09:00,09:15,09:30,09:45,10:00,10:15"],
        End,
    );
    check(START, "FREQ=MINUTELY;INTERVAL=90;COUNT=4", &["1997-09 2 09:00,10:30,12:00,13:30"], End);
    let times: Vec<_> =
        (9 * 3..17 * 3).map(|third| format!("{:02}:{:02}", third / 3, third % 3 * 20)).collect();
    let days = [format!("1997-09 2,3 {}", times.join(","))];
    let days: Vec<_> = days.iter().map(String::as_str).collect();
    check(START, "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", &days, More);
    check(START, "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", &days, More);
}

#[test]
fn weeks_begin_where_wkst_says() {
    let start = "1997-08-05T09:00:00";
    check(start, "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", &["1997-08 5,10,19,24"], End);
    check(start, "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", &["1997-08 5,17,19,31"], End);
}

#[test]
fn days_that_a_month_lacks_are_skipped() {
    let dates = ["2007-01 15,30", "2007-02 15", "2007-03 15,30"];
    check("2007-01-15T09:00:00", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", &dates, End);
}
