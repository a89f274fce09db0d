use super::Dialect;

/// Columns that the program's statements name, and the migration since which they are there. A
/// table that a later migration widens stands here once for each.
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub since: i64,
}

/// All tables, in the order in which they are made.
pub const TABLES: &[Table] = &[
    Table { name: "USERS", columns: &["ID", "EMAIL", "PASSWORD_HASH", "NAME", "CREATED_AT"], since: 1 },
    Table {
        name: "CALENDAR_EVENTS",
        columns: &[
            "ID",
            "USER_ID",
            "TITLE",
            "DESCRIPTION",
            "START_AT",
            "END_AT",
            "IS_ALL_DAY",
            "LOCATION",
            "COLOR",
            "CREATED_AT",
            "UPDATED_AT",
        ],
        since: 1,
    },
    Table { name: "LOGIN_FAILURES", columns: &["EMAIL_SHA256", "FAILURES", "FAILED_AT"], since: 2 },
    Table {
        name: "PERSONY_JOBS",
        columns: &[
            "NAME",
            "DUE_AT",
            "HOLDER",
            "LEASE_UNTIL",
            "STARTED_AT",
            "ENDED_AT",
            "SUCCEEDED_AT",
            "ROWS_DONE",
            "FAILURES",
            "FAILURE",
        ],
        since: 3,
    },
    Table {
        name: "USER_PROFILES",
        columns: &["USER_ID", "TIME_ZONE", "LOCALE", "WEEK_STARTS_ON", "IS_LISTED"],
        since: 5,
    },
    Table {
        name: "USER_SESSIONS",
        columns: &[
            "ID",
            "USER_ID",
            "KIND",
            "REFRESH_JTI",
            "REPLACED_JTI",
            "ISSUED_AT",
            "CREATED_AT",
            "LAST_USED_AT",
            "EXPIRES_AT",
            "ADDRESS",
            "USER_AGENT",
        ],
        since: 6,
    },
    Table { name: "REVOKED_TOKENS", columns: &["SUBJECT", "REVOKED_AT", "EXPIRES_AT"], since: 6 },
    Table {
        name: "AUDIT_LOG",
        columns: &["ID", "USER_ID", "ACTED_AT", "ACT", "ACTOR", "ADDRESS", "SESSION_ID", "SUBJECT"],
        since: 7,
    },
    Table {
        name: "CLOSED_ACCOUNTS",
        columns: &["USER_ID", "PASSWORD_HASH", "DEACTIVATED_AT", "ERASED_AT", "PURGE_AT"],
        since: 8,
    },
    Table { name: "PERSONY_DATABASE", columns: &["ID", "NAME"], since: 9 },
    Table {
        name: "CALENDARS",
        columns: &[
            "ID",
            "USER_ID",
            "DEFAULT_OF",
            "NAME",
            "COLOR",
            "DESCRIPTION",
            "TIME_ZONE",
            "CREATED_AT",
            "UPDATED_AT",
        ],
        since: 9,
    },
    Table {
        name: "EVENT_DETAILS",
        columns: &[
            "EVENT_ID",
            "CALENDAR_ID",
            "UID_TEXT",
            "NAME",
            "SEQUENCE_NUMBER",
            "REVISION",
            "TIME_ZONE",
            "STATUS",
            "SHOW_AS",
            "VISIBILITY",
            "URL",
            "CATEGORIES",
            "REMINDERS",
        ],
        since: 9,
    },
    Table {
        name: "EVENT_SERIES",
        columns: &[
            "EVENT_ID",
            "USER_ID",
            "RULE",
            "TIME_ZONE",
            "START_AT",
            "END_AT",
            "IS_ALL_DAY",
            "LAST_START_AT",
            "BEGINS_AT",
            "ENDS_AT",
        ],
        since: 9,
    },
    Table {
        name: "EVENT_EXCEPTIONS",
        columns: &[
            "EVENT_ID",
            "RECURRENCE_ID",
            "FAR_OF",
            "IS_ADDED",
            "IS_EXCLUDED",
            "CHANGED",
            "TITLE",
            "DESCRIPTION",
            "START_AT",
            "END_AT",
            "IS_ALL_DAY",
            "LOCATION",
            "COLOR",
            "STATUS",
            "SHOW_AS",
            "VISIBILITY",
            "URL",
            "CATEGORIES",
            "REMINDERS",
        ],
        since: 9,
    },
    Table {
        name: "CALENDAR_LEDGERS",
        columns: &["CALENDAR_ID", "LAST_NUMBER", "FORGOTTEN_NUMBER"],
        since: 9,
    },
    Table {
        name: "CALENDAR_CHANGES",
        columns: &[
            "CALENDAR_ID",
            "EVENT_ID",
            "CHANGE_NUMBER",
            "UID_TEXT",
            "NAME",
            "DELETED_AT",
            "REVISION",
            "TITLE",
            "DESCRIPTION",
            "START_AT",
            "END_AT",
            "IS_ALL_DAY",
            "LOCATION",
            "COLOR",
            "UPDATED_AT",
        ],
        since: 9,
    },
    Table {
        name: "SHARES",
        columns: &[
            "ID",
            "OWNER_ID",
            "CALENDAR_ID",
            "EVENT_ID",
            "EMAIL",
            "RECEIVER_ID",
            "STATE",
            "ACCESS_LEVEL",
            "REVISION",
            "NAME",
            "COLOR",
            "CREATED_AT",
        ],
        since: 10,
    },
    Table { name: "SHARE_OFFERS", columns: &["USER_ID", "OFFERS", "BEGAN_AT"], since: 10 },
];

/// What a database has under a table's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or nothing that the account may see.
    Missing,
    /// A table with the columns.
    Ours,
    /// Something that the program cannot work on, and why.
    NotOurs(String),
}

/// A column, as a database describes it.
pub struct Column {
    pub name: String,
    /// It takes no NULL, and has no default.
    pub must_be_given: bool,
}

impl Table {
    /// A query of no rows that names each column: what the dictionary does not show can be tried.
    pub fn probe(&self) -> String {
        format!("SELECT {} FROM {} WHERE 1 = 0", self.columns.join(", "), self.name)
    }

    /// Whether it is here that the table first stands.
    pub fn is_first(&self) -> bool {
        TABLES.iter().find(|table| table.name == self.name).is_none_or(|first| first.since == self.since)
    }

    /// Whether a table of this name with these columns can serve.
    pub fn judge(&self, columns: &[Column], dialect: Dialect) -> Found {
        let there = |name: &&&str| columns.iter().any(|column| column.name == **name);
        let lacking: Vec<_> = self.columns.iter().filter(|name| !there(name)).copied().collect();
        if !lacking.is_empty() {
            let which = lacking.join(", ");
            return Found::NotOurs(format!(
                "{} has no column {which}{}",
                self.name,
                dialect.number("ORA-00904")
            ));
        }
        let ours = |column: &&Column| {
            TABLES.iter().any(|table| table.name == self.name && table.columns.contains(&&*column.name))
        };
        let theirs = columns.iter().filter(|column| column.must_be_given).find(|column| !ours(column));
        match theirs {
            Some(column) if self.is_first() => Found::NotOurs(format!(
                "{} has a column {} that must be given a value, and Persony gives none{}",
                self.name,
                column.name,
                dialect.number("ORA-01400")
            )),
            _ => Found::Ours,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users(others: &[(&str, bool)]) -> Vec<Column> {
        let ours = TABLES[0].columns.iter().map(|name| (*name, true));
        let all = ours.chain(others.iter().copied());
        all.map(|(name, must_be_given)| Column { name: name.into(), must_be_given }).collect()
    }

    #[test]
    fn a_table_with_the_columns_and_others_that_may_be_left_out_serves() {
        assert_eq!(TABLES[0].judge(&users(&[]), Dialect::Oracle), Found::Ours);
        assert_eq!(TABLES[0].judge(&users(&[("PHONE", false)]), Dialect::Oracle), Found::Ours);
    }

    #[test]
    fn what_is_missing_and_what_must_be_given_is_named() {
        let mut columns = users(&[]);
        columns.retain(|column| !["NAME", "EMAIL"].contains(&&*column.name));
        assert_eq!(
            TABLES[0].judge(&columns, Dialect::Oracle),
            Found::NotOurs("USERS has no column EMAIL, NAME (ORA-00904)".into())
        );
        assert_eq!(
            TABLES[0].judge(&users(&[("TENANT", true)]), Dialect::Embedded),
            Found::NotOurs(
                "USERS has a column TENANT that must be given a value, and Persony gives none".into()
            )
        );
    }
}
