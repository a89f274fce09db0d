//! How the embedded engine comes to the rows of the statements on shares. What Oracle is meant to do stands beside them.

use super::reach::{IS_SEEN, MAY_WRITE_CALENDAR, MAY_WRITE_EVENT, SHARES};
use super::shares::Subject;
use super::{offers, people, shares};
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::db::explained::Explained;

/// Nothing is scanned, and each step that is named is in the plan.
async fn goes_by(explained: &Explained, statement: &str, steps: &[&str]) {
    let plan = explained.plan(statement).await;
    for step in steps {
        assert!(plan.iter().any(|line| line.contains(step)), "{step} is not in {plan:#?} of {statement}");
    }
    assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "{plan:#?} of {statement}");
}

const OF_CALENDAR: &str = "IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=?)";
const OF_EVENT: &str = "IDX_SHARES_RECEIVER (RECEIVER_ID=? AND CALENDAR_ID=? AND EVENT_ID=? AND OWNER_ID=?)";

#[rocket::async_test]
async fn what_one_reaches_is_looked_for_by_ones_shares() {
    let explained = Explained::open();
    let read = format!(
        "SELECT E.ID FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
         LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID {SHARES} WHERE E.ID = :id AND {IS_SEEN}"
    );
    goes_by(&explained, &read, &["E USING INTEGER PRIMARY KEY", OF_CALENDAR, OF_EVENT, "X USING", "U USING"])
        .await;
    let write = format!("UPDATE CALENDAR_EVENTS SET TITLE = TITLE WHERE ID = :id AND {MAY_WRITE_EVENT}");
    let of_person = "A USING COVERING INDEX IDX_SHARES_RECEIVER (RECEIVER_ID=?";
    goes_by(&explained, &write, &["CALENDAR_EVENTS USING INTEGER PRIMARY KEY", of_person]).await;
    let write = format!("UPDATE CALENDARS SET NAME = NAME WHERE ID = :id AND {MAY_WRITE_CALENDAR}");
    goes_by(&explained, &write, &["CALENDARS USING INTEGER PRIMARY KEY", OF_CALENDAR]).await;
}

#[rocket::async_test]
async fn shares_are_looked_for_by_what_is_shared() {
    let explained = Explained::open();
    for (subject, index) in [
        (Subject::Calendar(CalendarId(1)), "S USING INDEX IDX_SHARES_CALENDAR (CALENDAR_ID=?"),
        (Subject::Event(EventId(1)), "S USING INDEX IDX_SHARES_EVENT (EVENT_ID=?"),
    ] {
        goes_by(&explained, &shares::queries::known(subject), &["U USING INTEGER PRIMARY KEY", index]).await;
        goes_by(&explained, &shares::queries::page(subject), &["T USING INTEGER PRIMARY KEY", index]).await;
    }
    goes_by(&explained, shares::queries::COUNT, &["S USING INDEX IDX_SHARES_OWNER (OWNER_ID=?)"]).await;
}

#[rocket::async_test]
async fn offers_are_looked_for_by_the_address_and_people_by_its_beginning() {
    let explained = Explained::open();
    let by_address = "S USING INDEX IDX_SHARES_EMAIL (EMAIL=?";
    goes_by(&explained, &offers::queries::page(), &["M USING INTEGER PRIMARY KEY", by_address]).await;
    let beginnings =
        ["IDX_USERS_LOWER_NAME (<expr>>? AND <expr><?)", "IDX_USERS_LOWER_EMAIL (<expr>>? AND <expr><?)"];
    goes_by(&explained, &people::queries::beginning(), &beginnings).await;
    let known = ["IDX_SHARES_OWNER (OWNER_ID=?)", "IDX_SHARES_RECEIVER (RECEIVER_ID=?)"];
    goes_by(&explained, &people::queries::sharing(), &known).await;
}
