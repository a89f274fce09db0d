//! What every route shares of HTTP: bodies, errors nobody handled, methods, origins.

mod body;
mod catchers;
mod cors;
mod fields;
mod methods;

pub use body::Body;
pub use catchers::catchers;
pub use cors::Cors;
pub use fields::{Bounded, Fields};
pub use methods::with_refusals;
