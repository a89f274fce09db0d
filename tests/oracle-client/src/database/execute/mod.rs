//! Running what was compiled.

mod children;
mod dml;
pub mod failure;
mod keys;
mod query;
mod rows;
mod run;

pub use rows::bind;
