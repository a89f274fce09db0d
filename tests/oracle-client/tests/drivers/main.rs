//! The unmodified `oracle` and `r2d2-oracle` crates over the stand-in's library.

mod batch;
mod faults;
mod isolation;
mod logon;
mod pool;
mod returning;
mod round_trips;
mod session_attributes;
mod support;
mod transactions;
mod types;
mod values;
