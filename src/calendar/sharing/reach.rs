//! What of others a person reaches, as conditions of statements: rights are asked for by the statement that reads or writes,
//! never before it. A share counts that is accepted (only then it has a RECEIVER_ID), whose owner's account is open, and
//! which is of what is still that owner's. The person is `:user_id` everywhere.

/// Joins A and B, the shares of the calendar that E is in and of E itself, X, which says that their owner's account is closed,
/// and U, the owner. Of what is the person's own there is none of them. Needs D (EVENT_DETAILS) and C, the default calendar
/// of the owner of E.
// Oracle: two ranges of IDX_SHARES_RECEIVER, of one row at most, and unique scans of the primary keys of X and U.
pub const SHARES: &str = "LEFT JOIN SHARES A ON A.RECEIVER_ID = :user_id AND A.CALENDAR_ID = COALESCE(D.CALENDAR_ID, C.ID) \
     AND A.OWNER_ID = E.USER_ID \
     LEFT JOIN SHARES B ON B.RECEIVER_ID = :user_id AND B.CALENDAR_ID IS NULL AND B.EVENT_ID = E.ID \
     AND B.OWNER_ID = E.USER_ID \
     LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = COALESCE(A.OWNER_ID, B.OWNER_ID) \
     LEFT JOIN USERS U ON U.ID = COALESCE(A.OWNER_ID, B.OWNER_ID)";

/// After [`SHARES`]: E is the person's own, or shared with them.
pub const IS_SEEN: &str = "(E.USER_ID = :user_id OR U.ID IS NOT NULL AND X.USER_ID IS NULL)";

/// The owners of calendars that the person sees.
pub const OWNERS: &str = "SELECT O.OWNER_ID FROM SHARES O WHERE O.RECEIVER_ID = :user_id AND O.CALENDAR_ID IS NOT NULL \
     AND NOT EXISTS (SELECT Y.USER_ID FROM CLOSED_ACCOUNTS Y WHERE Y.USER_ID = O.OWNER_ID)";

/// The row of CALENDAR_EVENTS is the person's own, or they may write it.
pub const MAY_WRITE_EVENT: &str = "(USER_ID = :user_id OR EXISTS (SELECT A.ID FROM SHARES A \
     WHERE A.RECEIVER_ID = :user_id AND A.OWNER_ID = CALENDAR_EVENTS.USER_ID AND A.ACCESS_LEVEL = 'write' \
     AND (A.EVENT_ID = CALENDAR_EVENTS.ID OR A.CALENDAR_ID = COALESCE( \
     (SELECT D.CALENDAR_ID FROM EVENT_DETAILS D WHERE D.EVENT_ID = CALENDAR_EVENTS.ID), \
     (SELECT C.ID FROM CALENDARS C WHERE C.DEFAULT_OF = CALENDAR_EVENTS.USER_ID))) \
     AND NOT EXISTS (SELECT X.USER_ID FROM CLOSED_ACCOUNTS X WHERE X.USER_ID = A.OWNER_ID)))";

/// The row of CALENDARS is the person's own, or they may write events there.
pub const MAY_WRITE_CALENDAR: &str = "(USER_ID = :user_id OR EXISTS (SELECT A.ID FROM SHARES A \
     WHERE A.RECEIVER_ID = :user_id AND A.CALENDAR_ID = CALENDARS.ID AND A.OWNER_ID = CALENDARS.USER_ID \
     AND A.ACCESS_LEVEL = 'write' \
     AND NOT EXISTS (SELECT X.USER_ID FROM CLOSED_ACCOUNTS X WHERE X.USER_ID = A.OWNER_ID)))";
