mod flask_accounts;
mod hashing_line;
mod login;
mod register;
