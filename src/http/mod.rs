//! What every route shares of HTTP: bodies, errors nobody handled, methods, origins, limits.

mod accept_encoding;
mod address_limit;
mod body;
mod catchers;
mod client_address;
mod cors;
mod database;
mod entity_tag;
mod error;
mod fields;
mod methods;
pub mod responses;
mod security_headers;
mod settings;
mod too_many;
mod unreadable;
mod upgrade;
mod upload;
mod verb;

pub use accept_encoding::prefers_gzip;
pub use address_limit::AddressLimit;
pub use body::Body;
pub use catchers::catchers;
pub use client_address::{ClientAddress, address};
pub use cors::Cors;
pub use entity_tag::is_known;
pub use error::{Cause, Error, ErrorBody, FieldErrors};
pub use fields::Fields;
pub use methods::with_refusals;
pub use security_headers::SecurityHeaders;
pub use settings::{CorsOrigins, Keys as SettingsKeys, Settings};
pub use too_many::TooMany;
pub use unreadable::Unreadable;
pub use upgrade::{Stopping, Upgrade};
pub use upload::{Broken, Offered, Unread, Upload};
pub use verb::{Endpoint, STANDS_FOR_OTHERS, mark};
