//! The database half alone: Oracle's SQL, statement by statement.

mod harness;
mod schema;
