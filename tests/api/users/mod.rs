mod address_limits;
mod export;
mod flask_accounts;
mod hashing_line;
mod instances;
mod login;
mod me;
mod register;
mod throttling;

use super::support::App;

/// A hash of no known password that takes twenty times as long as others to say so.
pub const SLOW_HASH: &str = "scrypt:32768:8:20$0000000000000000$00000000000000000000000000000000";

/// The processor time that the server has used, in clock ticks (proc_pid_stat(5)).
fn ticks(app: &App) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", app.program.id())).unwrap();
    let fields: Vec<_> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}
