use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use tempfile::TempDir;

use super::Engine;
use super::database::Database;

/// Signs the tokens of every server under test.
pub const TEST_KEY: &str = "a-test-key-that-only-tests-know-0123456789";

/// The program, started in a folder of its own without any environment but what a test gives.
pub struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
    /// The address it listens on, as soon as it does; closed when it ends without.
    listening: Mutex<Receiver<String>>,
}

impl Program {
    pub fn start(folder: &std::path::Path, variables: &[(&str, String)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_persony"));
        command.current_dir(folder).env_clear().env("ROCKET_PORT", "0");
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (found, listening) = channel();
        let (lines, seen) = (BufReader::new(child.stderr.take().unwrap()).lines(), Arc::clone(&log));
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
        Self { child, log, listening: Mutex::new(listening) }
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

    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A running server and its database.
pub struct App {
    pub program: Program,
    pub database: Database,
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

    /// One more server on this one's database.
    pub fn again(&self) -> Self {
        Self::start_in(Arc::clone(&self.folder), &[])
    }

    pub fn start_in(folder: Arc<TempDir>, variables: &[(&'static str, &str)]) -> Self {
        let database = match crate::ENGINE {
            Engine::Embedded => Database::embedded(folder.path()),
        };
        let mut all = database.variables();
        all.push(("JWT_SECRET_KEY", TEST_KEY.into()));
        all.extend(variables.iter().map(|(name, value)| (*name, (*value).to_owned())));
        Self::launch(folder, database, &all)
    }

    /// With nothing but where the database is.
    pub fn without_key(folder: &Arc<TempDir>) -> Self {
        let database = Database::embedded(folder.path());
        let variables = database.variables();
        Self::launch(Arc::clone(folder), database, &variables)
    }

    /// On an Oracle database of the variables, which no test looks into.
    pub fn on_oracle(folder: TempDir, variables: &[(&'static str, &str)]) -> Self {
        let mut all = vec![("JWT_SECRET_KEY", TEST_KEY.to_owned())];
        all.extend(variables.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let database = Database::embedded(folder.path());
        Self::launch(Arc::new(folder), database, &all)
    }

    fn launch(folder: Arc<TempDir>, database: Database, variables: &[(&str, String)]) -> Self {
        let program = Program::start(folder.path(), variables);
        let base = format!("http://{}", program.address());
        Self { program, database, folder, base, agent: super::client::agent() }
    }
}
