mod body;
mod cors;
mod errors;
