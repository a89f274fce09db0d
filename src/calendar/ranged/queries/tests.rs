use super::*;
use crate::calendar::sharing::{NOT_SHARED, SHARED_COLUMNS};
use crate::db::explained::Explained;

#[test]
fn exceptions_begin_behind_the_columns_of_the_event_and_of_the_share() {
    assert_eq!(EVENT_COLUMNS.split(',').count(), EVENT_WIDTH);
    assert_eq!(SHARED_COLUMNS.split(',').count(), SHARED_WIDTH);
    assert_eq!(EXCEPTION_COLUMNS.split(',').count(), EXCEPTION_WIDTH);
    assert_eq!(NOT_SHARED.split(',').count(), SHARED_WIDTH);
}

const DETAILS: &str = "SEARCH D USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
const DEFAULT: &str = "SEARCH C USING COVERING INDEX IDX_CALENDARS_DEFAULT_OF (DEFAULT_OF=?) LEFT-JOIN";
const PROFILE: &str = "SEARCH P USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
const SERIES: &str = "SEARCH S USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
const OWNERS: [&str; 2] = [
    "SEARCH O USING COVERING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID>?)",
    "SEARCH Y USING INTEGER PRIMARY KEY (rowid=?)",
];
const BY_CALENDAR: &str =
    "SEARCH A USING COVERING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=?) LEFT-JOIN";
const BY_EVENT: &str =
    "SEARCH B USING COVERING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=? AND EVENT_ID>?)";
const BY_ITSELF: [&str; 3] =
    [BY_EVENT, BY_EVENT, "SEARCH F USING COVERING INDEX IDX_CAL_EVENTS_USER_ID (USER_ID=? AND rowid=?)"];
const OWNER: &str = "SEARCH U USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
const CLOSED: &str = "SEARCH X USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";

#[rocket::async_test]
async fn single_events_are_looked_for_by_their_start_and_long_ones_by_their_length() {
    let zone = "SEARCH P USING INTEGER PRIMARY KEY (rowid=?)";
    let own =
        [DETAILS, SERIES, "SEARCH C USING COVERING INDEX IDX_CALENDARS_DEFAULT_OF (DEFAULT_OF=?)", zone];
    let others = [DETAILS, SERIES, DEFAULT, BY_CALENDAR, zone];
    let by_start = "SEARCH E USING INDEX IDX_CAL_EVENTS_USER_START (USER_ID=? AND START_AT>? AND START_AT<?)";
    let by_length = "SEARCH E USING INDEX IDX_CAL_EVENTS_USER_LENGTH (USER_ID=? AND <expr>>?)";
    let by_key = "SEARCH E USING INTEGER PRIMARY KEY (rowid=?)";
    let expected = [
        &[by_start][..],
        &own,
        &[by_length],
        &own,
        &[by_start],
        &OWNERS,
        &BY_ITSELF,
        &others,
        &[by_length],
        &OWNERS,
        &BY_ITSELF,
        &others,
        &[BY_EVENT, by_key, DETAILS, SERIES, DEFAULT, PROFILE, BY_CALENDAR, CLOSED],
    ];
    assert_eq!(Explained::open().looks(&of_singles()).await, expected.concat());
}

#[rocket::async_test]
async fn series_are_looked_for_by_their_person_and_exceptions_by_their_series() {
    let of_person = "SEARCH S USING INDEX IDX_EVENT_SERIES_USER_ENDS (USER_ID=?)";
    let series = "SEARCH S USING INTEGER PRIMARY KEY (rowid=?)";
    let event = "SEARCH E USING INTEGER PRIMARY KEY (rowid=?)";
    let near = "SEARCH T USING PRIMARY KEY (EVENT_ID=? AND RECURRENCE_ID>? AND RECURRENCE_ID<?) LEFT-JOIN";
    let far = "SEARCH T USING INDEX IDX_EVENT_EXCEPTIONS_FAR (FAR_OF=?)";
    let mut expected = Vec::new();
    for exceptions in [near, far] {
        expected.extend([of_person, event, exceptions, DETAILS, DEFAULT, PROFILE]);
    }
    for exceptions in [near, far] {
        expected.push(of_person);
        expected.extend(OWNERS);
        expected.push(event);
        expected.extend(BY_ITSELF);
        expected.extend([exceptions, DETAILS, DEFAULT, PROFILE, BY_CALENDAR, OWNER]);
    }
    for exceptions in [near, far] {
        expected.extend([BY_EVENT, series, event, exceptions, DETAILS, DEFAULT, PROFILE, BY_CALENDAR]);
        expected.extend([CLOSED, OWNER]);
    }
    let owners = "SEARCH O USING COVERING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=?)";
    expected.extend(["SEARCH U USING INTEGER PRIMARY KEY (rowid=?)", owners, OWNERS[1]]);
    assert_eq!(Explained::open().looks(&of_series()).await, expected);
}
