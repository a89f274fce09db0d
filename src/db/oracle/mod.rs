//! The Oracle engine: sessions through an r2d2 pool, after ODPI-C's and Oracle's documentation.

mod advice;
mod bind;
mod error;
mod gate;
mod manager;
pub mod migrate;
mod pool;
mod returned;
mod row;
mod session;

pub use manager::SessionManager;
pub use pool::{OraclePool, PooledSession};
