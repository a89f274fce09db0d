mod connections;
mod killed_sessions;
mod statements;
mod time;
