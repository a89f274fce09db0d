//! What every route shares of HTTP: bodies, errors nobody handled, methods, origins, limits.

mod accept_encoding;
mod address_limits;
mod body;
mod catchers;
mod client_address;
mod cors;
mod entity_tag;
mod fields;
mod method_as_sent;
mod methods;
mod security_headers;

pub use accept_encoding::prefers_gzip;
pub use address_limits::AddressLimits;
pub use body::Body;
pub use catchers::catchers;
pub use client_address::ClientAddress;
pub use cors::Cors;
pub use entity_tag::is_known;
pub use fields::{Bounded, Fields};
pub use method_as_sent::MethodAsSent;
pub use methods::with_refusals;
pub use security_headers::SecurityHeaders;
