//! Units of work on a database itself, on each engine: what no route needs yet and features to come
//! do.

mod accounts;
mod arrays;
mod calendars;
mod changes;
mod export;
mod lists;
mod preferences;
mod returning;
mod revocations;
pub mod support;
mod transactions;
mod values;
