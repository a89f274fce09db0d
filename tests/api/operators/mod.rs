//! What operators see and do at the command line, while servers run.

mod acting;
mod reading;

use super::jobs::persony;
use super::support::App;

/// What a command prints that succeeds.
#[track_caller]
pub fn said(app: &App, words: &[&str]) -> String {
    let (output, log, code) = persony(&*app.database, words);
    assert_eq!((code, log.as_str()), (Some(0), ""), "{output}");
    output
}
