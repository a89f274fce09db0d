//! What every route shares of HTTP: bodies, errors nobody handled, methods, origins, limits.

mod accept_encoding;
mod address_limit;
mod body;
mod catchers;
mod change;
mod client_address;
mod cookies;
mod cors;
mod database;
mod device;
mod entity_tag;
mod error;
mod fields;
mod form;
mod from_here;
mod methods;
mod paging;
pub mod responses;
mod security_headers;
mod settings;
mod stream;
mod too_many;
mod unreadable;
mod upgrade;
mod upload;
mod verb;
mod web_origin;

pub use accept_encoding::prefers_gzip;
pub use address_limit::AddressLimit;
pub use body::Body;
pub use catchers::catchers;
pub use change::Change;
pub use client_address::{ClientAddress, address};
pub use cookies::{
    ACCESS_COOKIE, CSRF_ACCESS_COOKIE, CSRF_REFRESH_COOKIE, Presented, REFRESH_COOKIE, presented,
};
pub use cors::Cors;
pub use device::Device;
pub use entity_tag::is_known;
pub use error::{Cause, Error, ErrorBody, FieldErrors};
pub use fields::{Fields, REQUIRED};
pub use form::{CsrfForm, Form, Submitted};
pub use from_here::{changes_something, refuse_elsewhere};
pub use methods::with_refusals;
pub use paging::{Key, Page, PageParameters, Paged, read_cursor, write_cursor};
pub use security_headers::SecurityHeaders;
pub use settings::{CorsOrigins, Keys as SettingsKeys, Settings};
pub use stream::Streamed;
pub use too_many::TooMany;
pub use unreadable::Unreadable;
pub use upgrade::{Stopping, Upgrade};
pub use upload::{Broken, Offered, Unread, Upload};
pub use verb::{Endpoint, STANDS_FOR_OTHERS, mark};
pub use web_origin::{WebOrigin, came_by_https};
