//! A stand-in for the Oracle Client's shared library.

pub mod database;
pub mod error;
pub mod value;
