//! The web page, as a browser without scripts has it.

mod account;
mod assets;
pub mod browser;
mod calendars;
mod events;
mod offers;
mod refused;
mod repeats;
mod root;
mod settings;
mod sharing;
mod views;
