mod any_json;
mod body;
mod connections;
mod cors;
mod errors;
mod security_headers;
