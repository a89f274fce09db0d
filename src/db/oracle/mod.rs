//! The Oracle engine: sessions through an r2d2 pool, after ODPI-C's and Oracle's documentation.

mod advice;
mod asked;
mod bind;
mod cautions;
mod connect_string;
mod error;
mod gate;
mod logon;
mod manager;
pub mod migrate;
mod pace;
mod pool;
mod returned;
mod row;
mod session;
mod statements;
mod trust;

pub use manager::SessionManager;
pub use pool::{OraclePool, PooledSession};
