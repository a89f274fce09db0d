mod any_json;
mod body;
mod connections;
mod cors;
mod errors;
mod method_as_sent;
mod security_headers;
mod unread;
