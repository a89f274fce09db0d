//! The database half alone: Oracle's SQL, statement by statement.

mod accounts;
mod alter;
mod calendars;
mod compound;
mod concurrency;
mod conditions;
mod constraints;
mod correlated;
mod definitions;
mod dictionary;
mod dml;
mod expression_indexes;
mod expressions;
mod grammar;
mod harness;
mod locks;
mod mutations;
mod numbers;
mod prepare;
mod queries;
mod schema;
mod speed;
mod timestamps;
mod transactions;
