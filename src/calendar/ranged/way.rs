use crate::calendar::sharing::reach::OWNERS;

/// How an event comes to be in somebody's list.
#[derive(Clone, Copy)]
pub enum Way {
    /// It is their own.
    Own,
    /// Its calendar is shared with them.
    ByCalendar,
    /// It is shared with them, and its calendar is not.
    ByEvent,
}

impl Way {
    /// The tables that it begins with, and whose events it looks for.
    pub fn of_events(self) -> (&'static str, String) {
        match self {
            Self::Own => ("CALENDAR_EVENTS E", "E.USER_ID = :user_id".into()),
            Self::ByCalendar => ("CALENDAR_EVENTS E", format!("E.USER_ID IN ({OWNERS}) AND {BY_CALENDAR}")),
            Self::ByEvent => (
                "SHARES B JOIN CALENDAR_EVENTS E ON E.ID = B.EVENT_ID AND E.USER_ID = B.OWNER_ID",
                BY_EVENT.into(),
            ),
        }
    }

    /// The same, of events that repeat.
    pub fn of_series(self) -> (&'static str, String) {
        match self {
            Self::Own => ("EVENT_SERIES S", "S.USER_ID = :user_id".into()),
            Self::ByCalendar => ("EVENT_SERIES S", format!("S.USER_ID IN ({OWNERS}) AND {BY_CALENDAR}")),
            Self::ByEvent => (
                "SHARES B JOIN EVENT_SERIES S ON S.EVENT_ID = B.EVENT_ID AND S.USER_ID = B.OWNER_ID",
                BY_EVENT.into(),
            ),
        }
    }

    /// What is to be joined to E and D to tell of the share.
    pub fn joins(self) -> String {
        const BY_BOTH: &str = "LEFT JOIN SHARES B ON B.RECEIVER_ID = :user_id AND B.CALENDAR_ID IS NULL \
             AND B.EVENT_ID = E.ID AND B.OWNER_ID = E.USER_ID";
        const BY_ITSELF: &str = "LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = B.OWNER_ID";
        let more = match self {
            Self::Own => return String::new(),
            Self::ByCalendar => BY_BOTH,
            Self::ByEvent => BY_ITSELF,
        };
        format!(
            "LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID LEFT JOIN USER_PROFILES P ON P.USER_ID = E.USER_ID \
             LEFT JOIN SHARES A ON A.RECEIVER_ID = :user_id AND A.CALENDAR_ID = COALESCE(D.CALENDAR_ID, C.ID) \
             AND A.OWNER_ID = E.USER_ID {more} LEFT JOIN USERS U ON U.ID = E.USER_ID"
        )
    }
}

/// Said so, SQLite does not begin with A, and look for all events of an owner once for each of their calendars.
const BY_CALENDAR: &str = "COALESCE(A.ID, 0) <> 0";

/// An owner whose account is closed shares nothing.
const BY_EVENT: &str = "B.RECEIVER_ID = :user_id AND B.CALENDAR_ID IS NULL AND B.EVENT_ID IS NOT NULL \
     AND A.ID IS NULL AND X.USER_ID IS NULL";
