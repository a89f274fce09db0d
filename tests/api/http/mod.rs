mod any_json;
mod body;
mod cors;
mod errors;
mod security_headers;
