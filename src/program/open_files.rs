use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Lets the process open as many files as it may (setrlimit(2)). Each connection is one, and the
/// usual soft limit of 1,024 would let so many idle clients keep everybody else out.
pub fn raise_limit() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => tracing::debug!("open files: at most {maximum:?}"),
        Err(error) => tracing::warn!("open files: at most {current:?}, which cannot be raised: {error}"),
    }
}
