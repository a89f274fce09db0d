//! What the database file holds: accounts, tables, constraints, indexes, sequences.
//!
//! The catalog is one document in the file. A session keeps a copy and reads it again when another has changed it.

mod account;
mod lookup;
mod model;
mod names;
pub mod store;

pub use account::{Account, is_known as is_known_privilege};
pub use model::{
    Catalog, Column, Constraint, DataType, Foreign, Identity, Index, IndexColumn, Indexed, Kind, OnDelete,
    Sequence, Table,
};
