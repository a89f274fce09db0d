mod any_json;
mod body;
mod cors;
mod errors;
