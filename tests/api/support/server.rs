use std::io::{BufRead, BufReader};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

use super::database::{self, Database};

/// Signs the tokens of every server under test.
pub const TEST_KEY: &str = "a-test-key-that-only-tests-know-0123456789";

/// The program, started in a folder of its own without any environment but what a test gives.
pub struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
    /// What the log is read from.
    pipe: OwnedFd,
    /// The address it listens on, as soon as it does; closed when it ends without.
    listening: Mutex<Receiver<String>>,
}

impl Program {
    pub fn start(folder: &std::path::Path, variables: &[(&str, String)]) -> Self {
        let mut command = program();
        command.current_dir(folder).env_clear().env("ROCKET_PORT", "0");
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (found, listening) = channel();
        let stderr = child.stderr.take().unwrap();
        let pipe = stderr.as_fd().try_clone_to_owned().unwrap();
        let (lines, seen) = (BufReader::new(stderr).lines(), Arc::clone(&log));
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some((_, rest)) = line.split_once("listens on http://") {
                    let address = rest.split(';').next().unwrap_or_default();
                    // A test that does not care has dropped its end.
                    drop(found.send(address.to_owned()));
                }
                let mut log = seen.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, log, pipe, listening: Mutex::new(listening) }
    }

    /// Waits until it listens.
    pub fn address(&self) -> String {
        self.listening
            .lock()
            .unwrap()
            .recv()
            .unwrap_or_else(|_| panic!("the server did not start:\n{}", self.log()))
    }

    /// Waits until it has ended by itself; what it said, and how it ended.
    pub fn end(mut self) -> (String, ExitStatus) {
        let status = self.child.wait().unwrap();
        // The thread that reads the log drops its end when the log has ended.
        while self.listening.lock().unwrap().recv().is_ok() {}
        (self.log(), status)
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// All that it has said: also what it wrote just before it answered, and nobody has read yet.
    pub fn log(&self) -> String {
        while rustix::io::ioctl_fionread(&self.pipe).unwrap() > 0 {
            thread::yield_now();
        }
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
        if thread::panicking() {
            println!("the server's log:\n{}", self.log());
        }
    }
}

/// The program; PERSONY_TEST_UNDER names a command to run it under, such as valgrind.
fn program() -> Command {
    let program = env!("CARGO_BIN_EXE_persony");
    let under = std::env::var("PERSONY_TEST_UNDER").unwrap_or_default();
    let mut words = under.split_whitespace();
    let Some(first) = words.next() else { return Command::new(program) };
    let mut command = Command::new(first);
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
        all.extend(variables.iter().map(|(name, value)| (*name, (*value).to_owned())));
        // An empty variable is one that is not set.
        let program = Program::start(folder.path(), &all);
        let base = format!("http://{}", program.address());
        Self { program, database, folder, base, agent: super::client::agent() }
    }
}
