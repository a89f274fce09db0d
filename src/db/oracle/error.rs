use std::time::Duration;

use thiserror::Error;

use crate::db::DbError;

/// What an Oracle error means for the session, the request and the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The session is gone.
    DeadSession,
    /// The database, its listener or a place in it cannot be had now.
    NotAvailable,
    /// The call took longer than it may. Its statement may still have been committed.
    CallTimeout,
    /// The database does not answer, and nobody knows why.
    Silent,
    /// The account is refused: trying again can lock it.
    Refused,
    /// The configuration is wrong: trying again helps once somebody has mended it.
    Configuration,
    /// ORA-00060: Oracle has undone the statement to end a deadlock. The same request can succeed
    /// at once.
    Deadlock,
    /// ORA-00001.
    Unique,
    /// ORA-02291 and ORA-02292.
    ForeignKey,
    /// ORA-00942.
    NoTable,
    /// Anything else.
    Other,
}

/// An error of the driver: its number, its class and its text.
#[derive(Debug, Clone, Error)]
#[error("{text}")]
pub struct OracleError {
    pub code: Code,
    pub class: Class,
    text: String,
}

/// The number under which Oracle's or ODPI-C's documentation explains an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    Ora(i32),
    Dpi(i32),
    /// There is no error: an attempt was given up.
    Unanswered,
    /// Persony's own and the Rust driver's, which have no numbers.
    None,
}

impl From<oracle::Error> for OracleError {
    fn from(error: oracle::Error) -> Self {
        let code = match (error.oci_code(), error.dpi_code()) {
            (_, Some(code)) => Code::Dpi(code),
            (Some(code), None) => Code::Ora(code),
            (None, None) => Code::None,
        };
        Self { code, class: classify(code), text: printable(&error.to_string()) }
    }
}

impl OracleError {
    /// There is no time left for another call: nothing was sent.
    pub fn late() -> Self {
        let text = "the unit of work ran out of time".to_owned();
        Self { code: Code::None, class: Class::NotAvailable, text }
    }

    /// What befell one row of an array.
    pub fn of_row(error: &oracle::DbError) -> Self {
        let code = Code::Ora(error.code());
        Self { code, class: classify(code), text: printable(error.message()) }
    }
}

impl From<OracleError> for DbError {
    fn from(error: OracleError) -> Self {
        let text = error.text;
        match error.class {
            Class::Unique => Self::Unique(text),
            Class::ForeignKey => Self::ForeignKey(text),
            Class::NoTable => Self::NoTable(text),
            Class::DeadSession
            | Class::NotAvailable
            | Class::CallTimeout
            | Class::Silent
            | Class::Refused
            | Class::Configuration
            | Class::Deadlock => Self::Unavailable(text),
            Class::Other => Self::Failed(text),
        }
    }
}

/// ODPI-C can read past the end of a message it wraps; what follows the text is no text.
fn printable(message: &str) -> String {
    let clean: String = message
        .chars()
        .map(|character| if character == '\n' { ' ' } else { character })
        .take_while(|character| !character.is_control() && *character != char::REPLACEMENT_CHARACTER)
        .take(500)
        .collect();
    clean.trim_end().to_owned()
}

/// The classes, after Oracle's "Database Error Messages" and ODPI-C's list of its own errors.
fn classify(code: Code) -> Class {
    match code {
        Code::Dpi(1010 | 1080) => Class::DeadSession,
        Code::Ora(
            22 | 28 | 31 | 45 | 378 | 602 | 603 | 609 | 1012 | 1041 | 1043 | 1089 | 1092 | 2396 | 2399 | 3113
            | 3114 | 3122 | 3135 | 12153 | 12537 | 12547 | 12570 | 12583 | 12606 | 12608 | 12609 | 27146
            | 28511 | 56600,
        ) => Class::DeadSession,
        Code::Ora(
            18 | 20 | 257 | 1033 | 1034 | 1090 | 2391 | 12170 | 12262 | 12500 | 12506 | 12514 | 12516 | 12518
            | 12519 | 12520 | 12526 | 12528 | 12535 | 12541 | 12543 | 12545 | 12560 | 12571 | 12637 | 12757,
        ) => Class::NotAvailable,
        Code::Dpi(1067) | Code::Ora(3136 | 3156 | 12161) => Class::CallTimeout,
        Code::Unanswered => Class::Silent,
        Code::Ora(1005 | 1017 | 28000 | 28001) => Class::Refused,
        Code::Dpi(1047 | 1050 | 1072)
        | Code::Ora(1045 | 12154 | 12261 | 12263 | 12505 | 12533 | 12538 | 28759 | 28788 | 29024) => {
            Class::Configuration
        }
        Code::Ora(60) => Class::Deadlock,
        Code::Ora(1) => Class::Unique,
        Code::Ora(2291 | 2292) => Class::ForeignKey,
        Code::Ora(942) => Class::NoTable,
        _ => Class::Other,
    }
}

impl OracleError {
    /// An error that is no Oracle's and keeps a session from being opened.
    pub fn own(text: &str) -> Self {
        Self { code: Code::None, class: Class::NotAvailable, text: text.to_owned() }
    }

    /// Of an attempt to log on that was given up after this time.
    pub fn unanswered(waited: Duration) -> Self {
        let text = format!("the logon has not been answered for {waited:?}");
        Self { code: Code::Unanswered, class: classify(Code::Unanswered), text }
    }

    /// Whether the session that gave this error is to be closed rather than used again. After a
    /// call timeout the client has interrupted the statement and cannot tell how far it came.
    pub fn ends_session(&self) -> bool {
        matches!(self.class, Class::DeadSession | Class::CallTimeout)
    }
}

#[cfg(test)]
impl OracleError {
    pub fn with_code(code: Code) -> Self {
        Self { code, class: classify(code), text: format!("{code:?}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_end_of_a_message_is_left_out() {
        assert_eq!(
            printable("DPI-1080: closed by ORA-3113\u{1}\u{fffd}s3cret"),
            "DPI-1080: closed by ORA-3113"
        );
        assert_eq!(printable("ORA-00942: no\nHelp: https://x"), "ORA-00942: no Help: https://x");
    }

    #[test]
    fn a_drivers_error_is_one_line_of_the_log() {
        let error = oracle::Error::new(oracle::ErrorKind::Other, "first\nsecond\u{1}\u{fffd}s3cret");
        assert_eq!(OracleError::from(error).to_string(), "first second");
    }

    #[test]
    fn errors_have_the_class_that_decides_over_session_and_answer() {
        for (code, class) in [
            (Code::Dpi(1080), Class::DeadSession),
            (Code::Dpi(1010), Class::DeadSession),
            (Code::Ora(28), Class::DeadSession),
            (Code::Ora(2399), Class::DeadSession),
            (Code::Ora(3113), Class::DeadSession),
            (Code::Ora(1034), Class::NotAvailable),
            (Code::Ora(12514), Class::NotAvailable),
            (Code::Ora(12541), Class::NotAvailable),
            (Code::Dpi(1067), Class::CallTimeout),
            (Code::Ora(12262), Class::NotAvailable),
            (Code::Unanswered, Class::Silent),
            (Code::Ora(1017), Class::Refused),
            (Code::Ora(28000), Class::Refused),
            (Code::Ora(28001), Class::Refused),
            (Code::Ora(12154), Class::Configuration),
            (Code::Ora(12261), Class::Configuration),
            (Code::Ora(12263), Class::Configuration),
            (Code::Dpi(1047), Class::Configuration),
            (Code::Ora(60), Class::Deadlock),
            (Code::Ora(1), Class::Unique),
            (Code::Ora(2291), Class::ForeignKey),
            (Code::Ora(2292), Class::ForeignKey),
            (Code::Ora(942), Class::NoTable),
            (Code::Ora(904), Class::Other),
            (Code::None, Class::Other),
        ] {
            assert_eq!(classify(code), class, "{code:?}");
        }
    }
}
