mod connections;
mod killed_sessions;
mod locks;
mod silence;
mod statements;
mod time;
