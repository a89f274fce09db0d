use crate::calendar::sharing::reach::OWNERS;
use crate::calendar::sharing::{NOT_SHARED, SHARED_COLUMNS};

/// How an event comes to be in somebody's list: each in one way alone.
#[derive(Clone, Copy)]
pub enum Way {
    /// It is their own.
    Own,
    /// Its calendar is shared with them, and it is not shared by itself.
    ByCalendar,
    /// It is shared with them by itself; its calendar may be, too.
    ByEvent,
}

impl Way {
    /// The tables that it begins with, and whose events it looks for.
    pub fn of_events(self) -> (&'static str, String) {
        match self {
            Self::Own => ("CALENDAR_EVENTS E", "E.USER_ID = :user_id".into()),
            Self::ByCalendar => (
                "CALENDAR_EVENTS E",
                format!("E.USER_ID IN ({OWNERS}) AND {IS_IN_CALENDAR} AND {IS_NOT_BY_ITSELF}"),
            ),
            Self::ByEvent => (
                "SHARES B JOIN CALENDAR_EVENTS E ON E.ID = B.EVENT_ID AND E.USER_ID = B.OWNER_ID",
                IS_BY_ITSELF.into(),
            ),
        }
    }

    /// The same, of events that repeat.
    pub fn of_series(self) -> (&'static str, String) {
        match self {
            Self::Own => ("EVENT_SERIES S", "S.USER_ID = :user_id".into()),
            Self::ByCalendar => (
                "EVENT_SERIES S",
                format!("S.USER_ID IN ({OWNERS}) AND {IS_IN_CALENDAR} AND {IS_NOT_BY_ITSELF}"),
            ),
            Self::ByEvent => (
                "SHARES B JOIN EVENT_SERIES S ON S.EVENT_ID = B.EVENT_ID AND S.USER_ID = B.OWNER_ID",
                IS_BY_ITSELF.into(),
            ),
        }
    }

    /// Of a single event, the owner's default calendar, or the one that it was found by, and their time zone, which days alone
    /// ask for; then what the two shares let one do, and whose it is.
    pub fn columns(self) -> String {
        let (places, shares) = match self {
            Self::Own => (
                "(SELECT C.ID FROM CALENDARS C WHERE C.DEFAULT_OF = :user_id), \
                 (SELECT P.TIME_ZONE FROM USER_PROFILES P WHERE P.USER_ID = :user_id)",
                "NULL, NULL, NULL",
            ),
            Self::ByCalendar => (
                "A.CALENDAR_ID, CASE WHEN E.IS_ALL_DAY <> 0 \
                 THEN (SELECT P.TIME_ZONE FROM USER_PROFILES P WHERE P.USER_ID = E.USER_ID) END",
                "A.ACCESS_LEVEL, NULL, E.USER_ID",
            ),
            Self::ByEvent => ("C.ID, P.TIME_ZONE", "A.ACCESS_LEVEL, B.ACCESS_LEVEL, E.USER_ID"),
        };
        format!("{places}, {shares}")
    }

    /// Of a series, what tells of the share.
    pub fn columns_of_share(self) -> &'static str {
        match self {
            Self::Own => NOT_SHARED,
            Self::ByCalendar => "A.ACCESS_LEVEL, NULL, U.ID, U.NAME, U.EMAIL",
            Self::ByEvent => SHARED_COLUMNS,
        }
    }

    /// What is to be joined to E and D for a single event.
    pub fn joins(self) -> String {
        match self {
            Self::Own => String::new(),
            // An event that says which calendar it is in needs no look at the default one.
            Self::ByCalendar => {
                format!("LEFT JOIN CALENDARS C ON D.EVENT_ID IS NULL AND C.DEFAULT_OF = E.USER_ID {SHARE}")
            }
            Self::ByEvent => format!("{DEFAULTS} {SHARE} {CLOSED}"),
        }
    }

    /// The same for a series.
    pub fn joins_of_series(self) -> String {
        match self {
            Self::Own => DEFAULTS.into(),
            Self::ByCalendar => format!("{DEFAULTS} {SHARE} {OWNER}"),
            Self::ByEvent => format!("{DEFAULTS} {SHARE} {CLOSED} {OWNER}"),
        }
    }
}

const DEFAULTS: &str =
    "LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID LEFT JOIN USER_PROFILES P ON P.USER_ID = E.USER_ID";

const SHARE: &str = "LEFT JOIN SHARES A ON A.RECEIVER_ID = :user_id AND A.CALENDAR_ID = COALESCE(D.CALENDAR_ID, C.ID) \
     AND A.OWNER_ID = E.USER_ID";

const CLOSED: &str = "LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = E.USER_ID";

const OWNER: &str = "LEFT JOIN USERS U ON U.ID = E.USER_ID";

/// Said so, SQLite does not begin with A, and look for all events of an owner once for each of their calendars.
const IS_IN_CALENDAR: &str = "COALESCE(A.ID, 0) <> 0";

/// One list for all rows, where there is anything in it: to look for a share of each event would be a look for each.
const IS_NOT_BY_ITSELF: &str = "((SELECT COUNT(*) FROM SHARES B \
     WHERE B.RECEIVER_ID = :user_id AND B.CALENDAR_ID IS NULL AND B.EVENT_ID IS NOT NULL) = 0 \
     OR E.ID NOT IN (SELECT B.EVENT_ID FROM SHARES B \
     JOIN CALENDAR_EVENTS F ON F.ID = B.EVENT_ID AND F.USER_ID = B.OWNER_ID \
     WHERE B.RECEIVER_ID = :user_id AND B.CALENDAR_ID IS NULL AND B.EVENT_ID IS NOT NULL))";

/// An owner whose account is closed shares nothing.
const IS_BY_ITSELF: &str = "B.RECEIVER_ID = :user_id AND B.CALENDAR_ID IS NULL AND B.EVENT_ID IS NOT NULL \
     AND X.USER_ID IS NULL";
