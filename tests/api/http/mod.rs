mod any_json;
mod body;
pub mod connections;
mod cors;
mod errors;
mod method_as_sent;
mod security_headers;
mod unread;
