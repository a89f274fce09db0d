use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::{NamedTempFile, TempDir};

use super::database::{self, Database};

/// Signs the tokens of every server under test.
pub const TEST_KEY: &str = "a-test-key-that-only-tests-know-0123456789";

/// The program, started in a folder of its own without any environment but what a test gives.
pub struct Program {
    child: Mutex<Child>,
    /// Its standard error stream. A file has all that was written before an answer came; a pipe's
    /// reader could lag behind.
    log: NamedTempFile,
}

/// How long a program may take to start, or to end.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often it is looked at meanwhile.
const POLL: Duration = Duration::from_millis(2);

impl Program {
    pub fn start(folder: &Path, variables: &[(&str, String)]) -> Self {
        let log = NamedTempFile::new().unwrap();
        let mut command = program();
        command.current_dir(folder).env_clear().env("ROCKET_PORT", "0");
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let child = command.stderr(log.reopen().unwrap()).stdout(Stdio::null()).spawn().unwrap();
        Self { child: Mutex::new(child), log }
    }

    /// Waits until it listens; where, as `http://127.0.0.1:5000`.
    pub fn base(&self) -> String {
        self.wait_for("its address", || {
            let log = self.log();
            let (_, rest) = log.split_once("listens on ")?;
            let (base, _) = rest.split_once(';')?;
            Some(base.to_owned())
        })
    }

    /// Waits until it has ended by itself; what it said, and how it ended.
    pub fn end(self) -> (String, ExitStatus) {
        let status = self.wait_for("its end", || self.child.lock().unwrap().try_wait().unwrap());
        (self.log(), status)
    }

    fn wait_for<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            let ended = self.child.lock().unwrap().try_wait().unwrap().is_some();
            match look() {
                Some(seen) => return seen,
                None if ended || Instant::now() > end => panic!("waited for {what} in vain:\n{}", self.log()),
                None => thread::park_timeout(POLL),
            }
        }
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// SIGTERM: stop in peace.
    pub fn terminate(&self) {
        kill_process(Pid::from_child(&self.child.lock().unwrap()), Signal::TERM).unwrap();
    }

    pub fn id(&self) -> u32 {
        self.child.lock().unwrap().id()
    }

    /// All that it has said: also what it wrote just before it answered, and nobody has read yet.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log.path()).unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // What looks over the program's shoulder, such as for leaks, wants to see it end.
        let running = self.child.lock().unwrap().try_wait().unwrap().is_none();
        if under().is_some() && running && !thread::panicking() {
            self.terminate();
            self.wait_for("its end", || self.child.lock().unwrap().try_wait().unwrap());
        }
        self.kill();
        if thread::panicking() {
            println!("the server's log:\n{}", self.log());
        }
    }
}

/// PERSONY_TEST_UNDER, a command to run the program under, such as valgrind.
pub fn under() -> Option<String> {
    std::env::var("PERSONY_TEST_UNDER").ok().filter(|under| !under.trim().is_empty())
}

fn program() -> Command {
    let program = env!("CARGO_BIN_EXE_persony");
    let Some(under) = under() else { return Command::new(program) };
    let mut words = under.split_whitespace();
    let mut command = Command::new(words.next().unwrap());
    command.args(words).arg(program);
    command
}

/// A running server and its database.
pub struct App {
    // Dropped in this order: the server lets go of the database before that goes away.
    pub program: Program,
    pub database: Arc<dyn Database>,
    #[allow(dead_code)] // Kept as long as the server; not every target looks into it.
    pub folder: Arc<TempDir>,
    pub base: String,
    pub agent: ureq::Agent,
}

impl App {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// With more variables than it needs.
    pub fn with(variables: &[(&'static str, &str)]) -> Self {
        Self::start_in(Arc::new(tempfile::tempdir().unwrap()), variables)
    }

    /// In a folder that a test has prepared.
    pub fn start_in(folder: Arc<TempDir>, variables: &[(&'static str, &str)]) -> Self {
        let database = Arc::from(database::new(crate::ENGINE, folder.path()));
        let app = Self::on(database, folder, variables);
        // Answered as soon as the schema is there.
        app.list_events(1).is(200, "[]");
        app
    }

    /// One more server on this one's database.
    pub fn again(&self) -> Self {
        self.again_with(&[])
    }

    /// As [`App::again`], with more variables than it needs.
    pub fn again_with(&self, variables: &[(&'static str, &str)]) -> Self {
        Self::on(Arc::clone(&self.database), Arc::clone(&self.folder), variables)
    }

    /// On a database that a test has prepared.
    pub fn on(database: Arc<dyn Database>, folder: Arc<TempDir>, variables: &[(&'static str, &str)]) -> Self {
        let mut all = database.variables();
        all.push(("JWT_SECRET_KEY", TEST_KEY.into()));
        // A look would be among the round trips that tests count.
        all.push(("REVOCATION_POLL", "86400".into()));
        if under().is_some() {
            // Slow is not unavailable.
            all.push(("ORACLE_POOL_TIMEOUT", "60".into()));
            // The first look at the jobs comes a minute after the start: it would be among the round
            // trips that tests count.
            all.push(("JOBS_LOOK_INTERVAL", "86400".into()));
        }
        all.extend(variables.iter().map(|(name, value)| (*name, (*value).to_owned())));
        // An empty variable is one that is not set.
        let program = Program::start(folder.path(), &all);
        let base = program.base();
        Self { program, database, folder, base, agent: super::client::agent() }
    }

    /// With a certificate that this agent trusts.
    pub fn over_tls(folder: Arc<TempDir>, variables: &[(&'static str, &str)], agent: ureq::Agent) -> Self {
        let database = Arc::from(database::new(crate::ENGINE, folder.path()));
        let app = Self { agent, ..Self::on(database, folder, variables) };
        app.list_events(1).is(200, "[]");
        app
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.base.split_once("://").unwrap().1
    }
}
