//! A stand-in for the Oracle Client's shared library: the OCI calls that ODPI-C makes, over SQLite.
//!
//! As a `cdylib` it is what ODPI-C loads as `libclntsh.so`; as an `rlib` it holds [`StandIn`], with
//! which tests steer the library that runs in another process and read what it did.

pub mod control;
pub mod database;
pub mod error;
pub mod faults;
pub mod folder;
pub mod messages;
mod oci;
mod server;
pub mod sessions;
pub mod trips;
pub mod value;

pub use control::StandIn;
pub use faults::KillPoint;
pub use sessions::Attributes;
pub use trips::{Kind, Trip};
