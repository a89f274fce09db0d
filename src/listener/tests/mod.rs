//! A server with routes of the tests' own, and clients that speak HTTP to it.

mod answers;
mod http2;
mod methods;
mod stop;
mod support;
mod upgrades;
mod uploads;
