//! What nobody waits for: named jobs, which one instance at a time runs, in bounded batches, under a
//! lease that the database keeps by its own clock.

mod failure;
mod holder;
mod job;
mod lease;
mod pauses;
mod queries;
mod report;
mod run;
mod runner;
mod settings;

pub use failure::Failure;
pub use job::{Batch, Job};
pub use report::report;
pub use run::{Outcome, Run};
pub use runner::{Asked, Runner};
pub use settings::{Keys as SettingsKeys, Settings};

#[cfg(test)]
mod tests;
