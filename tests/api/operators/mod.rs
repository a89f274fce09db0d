//! What operators see and do at the command line, while servers run.

mod reading;
