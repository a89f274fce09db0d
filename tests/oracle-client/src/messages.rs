//! Oracle's texts for the errors of connections and sessions, and for those that tests ask for.

use crate::database::messages::ora;
use crate::error::OracleError;

const TEXTS: &[(i32, &str)] = &[
    (18, "maximum number of sessions exceeded"),
    (20, "maximum number of processes (300) exceeded"),
    (22, "invalid session ID; access denied"),
    (28, "your session has been killed"),
    (31, "session marked for kill"),
    (60, "deadlock detected while waiting for resource"),
    (257, "archiver error. Connect AS SYSDBA only until resolved."),
    (600, "internal error code, arguments: [], [], [], [], [], [], [], [], [], [], [], []"),
    (603, "ORACLE server session terminated by fatal error"),
    (1002, "fetch out of sequence"),
    (1005, "null password given; logon denied"),
    (1012, "not logged on"),
    (1013, "user requested cancel of current operation"),
    (1033, "ORACLE initialization or shutdown in progress"),
    (1034, "ORACLE not available"),
    (1045, "user lacks CREATE SESSION privilege; logon denied"),
    (1089, "immediate shutdown or close in progress - no operations are permitted"),
    (1090, "shutdown in progress - connection is not permitted"),
    (1092, "ORACLE instance terminated. Disconnection forced"),
    (1406, "fetched column value was truncated"),
    (1555, "snapshot too old: rollback segment number with name \"\" too small"),
    (1653, "unable to extend table by 128 in tablespace USERS"),
    (2049, "timeout: distributed transaction waiting for lock"),
    (2091, "transaction rolled back"),
    (2396, "exceeded maximum idle time, please connect again"),
    (2399, "exceeded maximum connect time, you are being logged off"),
    (3113, "end-of-file on communication channel"),
    (3114, "not connected to ORACLE"),
    (3115, "unsupported network datatype or representation"),
    (3135, "connection lost contact"),
    (3136, "inbound connection timed out"),
    (3156, "OCI call timed out"),
    (8177, "can't serialize access for this transaction"),
    (12154, "TNS:could not resolve the connect identifier specified"),
    (12162, "TNS:net service name is incorrectly specified"),
    (12170, "TNS:Connect timeout occurred"),
    (12261, "Cannot connect to database. Syntax error in Easy Connect connection string \"db:1521:XE\"."),
    (
        12262,
        "Cannot connect to database. Could not resolve hostname \"db\" in Easy Connect connection string \
         \"db:1521/XE\".",
    ),
    (
        12263,
        "Failed to access tnsnames.ora in the directory configured as TNS admin: \"/opt/oracle\". The file \
         does not exist, or is not accessible.",
    ),
    (12504, "TNS:listener was not given the SERVICE_NAME in CONNECT_DATA"),
    (12514, "TNS:listener does not currently know of service requested in connect descriptor"),
    (12516, "TNS:listener could not find available handler with matching protocol stack"),
    (12518, "TNS:listener could not hand off client connection"),
    (12519, "TNS:no appropriate service handler found"),
    (12520, "TNS:listener could not find available handler for requested type of server"),
    (12528, "TNS:listener: all appropriate instances are blocking new connections"),
    (12537, "TNS:connection closed"),
    (12541, "TNS:no listener"),
    (12543, "TNS:destination host unreachable"),
    (12545, "Connect failed because target host or object does not exist"),
    (12547, "TNS:lost contact"),
    (12560, "TNS:protocol adapter error"),
    (12570, "TNS:packet reader failure"),
    (12571, "TNS:packet writer failure"),
    (12757, "instance does not currently know of requested service"),
    (24345, "A Truncation or null fetch error occurred"),
    (24381, "error(s) in array DML"),
    (24418, "Cannot open further sessions."),
    (24422, "error occurred while trying to destroy the Session Pool"),
    (24457, "OCISessionGet() could not find a free session in the specified timeout period"),
    (28000, "The account is locked."),
    (28001, "the password has expired"),
    (29275, "partial multibyte character"),
];

/// After these the session is gone: the list in ODPI-C's dpiError.c.
const FATAL: &[i32] = &[
    22, 28, 31, 45, 378, 602, 603, 609, 1012, 1041, 1043, 1089, 1092, 2396, 3113, 3114, 3122, 3135, 12153,
    12537, 12547, 12570, 12583, 27146, 28511, 56600,
];

/// The error with Oracle's text. The texts of statements are the database's.
pub fn error(code: i32) -> OracleError {
    match TEXTS.iter().find(|(known, _)| *known == code) {
        Some((_, text)) => OracleError::new(code, text),
        None => ora(code),
    }
}

pub fn ends_session(code: i32) -> bool {
    FATAL.contains(&code)
}
