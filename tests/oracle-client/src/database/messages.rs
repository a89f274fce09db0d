//! Oracle's own words for the errors that carry no names.

use crate::error::OracleError;

/// The error with that number, in the words of Oracle Database 21c's error messages manual.
pub fn ora(code: i32) -> OracleError {
    let text = TEXTS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("error", |(_, text)| text);
    OracleError::new(code, text)
}

/// A statement that Oracle would take and this stand-in does not understand: never guessed at.
pub fn unimplemented_feature(what: impl std::fmt::Display) -> OracleError {
    OracleError::new(3001, format_args!("unimplemented feature: {what}"))
}

const TEXTS: &[(i32, &str)] = &[
    (
        54,
        "resource busy and acquire with NOWAIT specified or timeout expired",
    ),
    (900, "invalid SQL statement"),
    (901, "invalid CREATE command"),
    (902, "invalid datatype"),
    (903, "invalid table name"),
    (905, "missing keyword"),
    (906, "missing left parenthesis"),
    (907, "missing right parenthesis"),
    (908, "missing NULL keyword"),
    (909, "invalid number of arguments"),
    (910, "specified length too long for its datatype"),
    (911, "invalid character"),
    (913, "too many values"),
    (917, "missing comma"),
    (918, "column ambiguously defined"),
    (920, "invalid relational operator"),
    (921, "unexpected end of SQL command"),
    (922, "missing or invalid option"),
    (923, "FROM keyword not found where expected"),
    (924, "missing BY keyword"),
    (925, "missing INTO keyword"),
    (926, "missing VALUES keyword"),
    (927, "missing equal sign"),
    (928, "missing SELECT keyword"),
    (931, "missing identifier"),
    (933, "SQL command not properly ended"),
    (934, "group function is not allowed here"),
    (935, "group function is nested too deeply"),
    (936, "missing expression"),
    (937, "not a single-group group function"),
    (938, "not enough arguments for function"),
    (939, "too many arguments for function"),
    (940, "invalid ALTER command"),
    (942, "table or view does not exist"),
    (946, "missing TO keyword"),
    (947, "not enough values"),
    (950, "invalid DROP option"),
    (953, "missing or invalid index name"),
    (955, "name is already used by an existing object"),
    (957, "duplicate column name"),
    (969, "missing ON keyword"),
    (971, "missing SET keyword"),
    (972, "identifier is too long"),
    (979, "not a GROUP BY expression"),
    (987, "missing or invalid username(s)"),
    (988, "missing or invalid password(s)"),
    (990, "missing or invalid privilege"),
    (1008, "not all variables bound"),
    (1017, "invalid username/password; logon denied"),
    (
        1027,
        "bind variables not allowed for data definition operations",
    ),
    (1031, "insufficient privileges"),
    (1036, "illegal variable name/number"),
    (1408, "such column list already indexed"),
    (1418, "specified index does not exist"),
    (1426, "numeric overflow"),
    (1427, "single-row subquery returns more than one row"),
    (1430, "column being added already exists in table"),
    (1435, "user does not exist"),
    (
        1438,
        "value larger than specified precision allowed for this column",
    ),
    (
        1440,
        "column to be modified must be empty to decrease precision or scale",
    ),
    (
        1439,
        "column to be modified must be empty to change datatype",
    ),
    (
        1441,
        "cannot decrease column length because some value is too big",
    ),
    (
        1442,
        "column to be modified to NOT NULL is already NOT NULL",
    ),
    (
        1451,
        "column to be modified to NULL cannot be modified to NULL",
    ),
    (1476, "divisor is equal to zero"),
    (1722, "invalid number"),
    (
        1727,
        "numeric precision specifier is out of range (1 to 38)",
    ),
    (1728, "numeric scale specifier is out of range (-84 to 127)"),
    (1740, "missing double quote in identifier"),
    (1741, "illegal zero-length identifier"),
    (1745, "invalid host/bind variable name"),
    (
        1747,
        "invalid user.table.column, table.column, or column specification",
    ),
    (1756, "quoted string not properly terminated"),
    (
        1758,
        "table must be empty to add mandatory (NOT NULL) column",
    ),
    (1786, "FOR UPDATE of this query expression is not allowed"),
    (1791, "not a SELECTed expression"),
    (
        1785,
        "ORDER BY item must be the number of a SELECT-list expression",
    ),
    (
        1830,
        "date format picture ends before converting entire input string",
    ),
    (1839, "date not valid for month specified"),
    (1840, "input value not long enough for date format"),
    (
        1841,
        "(full) year must be between -4713 and +9999, and not be 0",
    ),
    (1843, "not a valid month"),
    (1847, "day of month must be between 1 and last day of month"),
    (1849, "hour must be between 1 and 12"),
    (1850, "hour must be between 0 and 23"),
    (1851, "minutes must be between 0 and 59"),
    (1852, "seconds must be between 0 and 59"),
    (
        1858,
        "a non-numeric character was found where a numeric was expected",
    ),
    (1861, "literal does not match format string"),
    (1867, "the interval is invalid"),
    (1873, "the leading precision of the interval is too small"),
    (1874, "time zone hour must be between -15 and 15"),
    (1882, "timezone region not found"),
    (1918, "user does not exist"),
    (1935, "missing user or role name"),
    (2000, "missing ON keyword"),
    (
        2014,
        "cannot select FOR UPDATE from view with DISTINCT, GROUP BY, etc.",
    ),
    (2248, "invalid option for ALTER SESSION"),
    (2260, "table can have only one primary key"),
    (
        2261,
        "such unique or primary key already exists in the table",
    ),
    (2264, "name already used by an existing constraint"),
    (
        2270,
        "no matching unique or primary key for this column-list",
    ),
    (
        2273,
        "this unique/primary key is referenced by some foreign keys",
    ),
    (
        2275,
        "such a referential constraint already exists in the table",
    ),
    (
        2256,
        "number of referencing columns must match referenced columns",
    ),
    (2289, "sequence does not exist"),
    (2287, "sequence number not allowed here"),
    (
        2329,
        "column of datatype TIME/TIMESTAMP WITH TIME ZONE cannot be unique or a primary key",
    ),
    (
        2429,
        "cannot drop index used for enforcement of unique/primary key",
    ),
    (
        2449,
        "unique/primary keys in table referenced by foreign keys",
    ),
    (8002, "sequence CURRVAL is not yet defined in this session"),
    (12991, "column is referenced in a multi-column constraint"),
    (12983, "cannot drop all columns in a table"),
    (12992, "cannot drop parent key column"),
    (28001, "the password has expired"),
    (30006, "resource busy; acquire with WAIT timeout expired"),
    (
        30926,
        "unable to get a stable set of rows in the source tables",
    ),
    (30669, "table can have only one identity column"),
    (30675, "identity column must be a numeric type"),
    (
        32795,
        "cannot insert into a generated always identity column",
    ),
    (32796, "cannot update a generated always identity column"),
];
