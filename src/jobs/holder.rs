use std::fs;

use super::failure::at_most;

/// Where Linux tells the machine's or the container's name (proc_sys_kernel(5)).
const HOST_NAME: &str = "/proc/sys/kernel/hostname";

/// As many bytes of it as are kept.
const HOST_BYTES: usize = 200;

/// Who holds a lease: the host and the process, for the person who looks for them, and a number that
/// no other lease has, not even a later one of the same process.
pub fn new_holder() -> String {
    // Elsewhere than on Linux it is not told: then the process id has to do.
    let host = fs::read_to_string(HOST_NAME).unwrap_or_default();
    format!("{}:{}:{:08x}", named(&host), std::process::id(), rand::random::<u32>())
}

fn named(host: &str) -> &str {
    match host.trim() {
        "" => "unknown-host",
        host => at_most(host, HOST_BYTES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_recognised_and_is_no_other() {
        let (first, second) = (new_holder(), new_holder());
        let process = format!(":{}:", std::process::id());
        assert!(first.contains(&process) && second.contains(&process), "{first} {second}");
        assert_ne!(first, second);
        assert_eq!(named("calendar-1\n"), "calendar-1");
        assert_eq!(named(""), "unknown-host");
        assert_eq!(named(&"x".repeat(253)).len(), 200);
    }
}
