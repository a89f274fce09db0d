//! Persony: a personal calendar service for people whose data lives in Oracle.

pub mod config;
pub mod db;
pub mod time;
