use std::fs::{Permissions, metadata, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Takes the rights of all but the owner off the file and what SQLite keeps beside it: they hold
/// password hashes. Gives what is to be said of it; what another owner has opened to others stays so.
pub fn close_to_others(path: &Path) -> Vec<String> {
    let (mut closed, mut said) = (Vec::new(), Vec::new());
    for file in ["", "-wal", "-shm"].map(|suffix| beside(path, suffix)) {
        // What is not there is made with the mode of the file.
        let Ok(found) = metadata(&file) else { continue };
        let mode = found.permissions().mode() & 0o777;
        if mode & 0o077 == 0 {
            continue;
        }
        let name = file.display();
        match set_permissions(&file, Permissions::from_mode(0o600)) {
            Ok(()) => closed.push(format!("{name} ({mode:o})")),
            Err(error) => {
                said.push(format!("others may use {name}, whose mode {mode:o} cannot be changed: {error}"));
            }
        }
    }
    if !closed.is_empty() {
        said.push(format!("others could use {}: the mode is 600 now", closed.join(", ")));
    }
    said
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody may change the mode of these, not even root.
    #[test]
    fn what_cannot_be_changed_is_told() {
        let said = close_to_others(Path::new("/proc/self/status"));
        let [line] = &said[..] else { panic!("{said:?}") };
        assert!(
            line.starts_with("others may use /proc/self/status, whose mode 444 cannot be changed: "),
            "{line}"
        );
    }
}
