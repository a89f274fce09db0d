//! How a test steers the library that runs in this process or another.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use crate::faults::{Countdown, Faults, KillPoint, Like, Limit, SilentCalls};
use crate::folder::{self, DataFolder};
use crate::sessions::{self, Attributes};
use crate::trips::{self, Trip};

/// A data folder, and with it everything that connects over it.
///
/// Each method that changes something takes effect at the next call of any session. One that cannot
/// write its file panics: a test that steers nothing proves nothing.
#[derive(Debug, Clone)]
pub struct StandIn {
    folder: DataFolder,
}

impl StandIn {
    /// The variable that names the data folder to the library.
    pub const VARIABLE: &str = folder::VARIABLE;

    /// Steers the folder, and makes it if need be.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = DataFolder::new(folder);
        std::fs::create_dir_all(folder.path()).expect("the data folder can be made");
        Self { folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A folder that holds the library under the name by which ODPI-C loads it: what goes into
    /// `oracle_client_lib_dir`. It is a folder of its own, since ODPI-C looks beside its own binary
    /// first and would load the file there on real runs too.
    pub fn library_dir() -> PathBuf {
        static FOLDER: OnceLock<PathBuf> = OnceLock::new();
        let made = || library_dir().expect("the stand-in's library is built beside the tests");
        FOLDER.get_or_init(made).clone()
    }

    /// Every further connection fails with this code: 12541, 12514 or 12528 at the attach, 1017 or
    /// 28000 at the logon. Sessions that are open stay.
    pub fn refuse_connections(&self, code: i32) {
        self.change(|faults| faults.refuse_connections = Some(code));
    }

    pub fn accept_connections(&self) {
        self.change(|faults| faults.refuse_connections = None);
    }

    /// Connections beyond this number fail with ORA-00018.
    pub fn fill_sessions(&self, max: usize) {
        self.limit(Some(Limit { sessions: max, code: 18 }));
    }

    /// Connections beyond this number fail with ORA-12519, as at a listener without a free handler.
    pub fn fill_handlers(&self, max: usize) {
        self.limit(Some(Limit { sessions: max, code: 12519 }));
    }

    fn limit(&self, limit: Option<Limit>) {
        self.change(|faults| faults.limit = limit);
    }

    /// Kills the sessions that are open now. Each is rolled back and learns of it at its next use.
    pub fn kill_sessions(&self) {
        let open = self.sessions();
        self.change(|faults| faults.killed.extend(open));
    }

    pub fn kill_session(&self, id: u64) {
        self.change(|faults| faults.killed.extend([id]));
    }

    /// The next statement's session dies before the answer.
    pub fn kill_in_statement(&self, point: KillPoint) {
        self.kill_in_nth_statement(1, point);
    }

    /// The same in the `nth` statement from now on, counted over all sessions.
    pub fn kill_in_nth_statement(&self, nth: u64, point: KillPoint) {
        self.change(|faults| {
            faults.kill_in_statement = Some(point);
            faults.statements_before_kill = nth - 1;
        });
    }

    /// Every answer takes so long, until [`release`](Self::release). The statement takes effect at
    /// once; a session with a shorter call timeout hears of the timeout instead.
    pub fn hold(&self, answer: Duration) {
        let milliseconds = u64::try_from(answer.as_millis()).unwrap_or(u64::MAX);
        self.change(|faults| faults.hold = Some(milliseconds));
    }

    /// Every call of a session with a call timeout times out at once, before it took effect, until
    /// [`release`](Self::release).
    pub fn time_out_calls(&self) {
        self.change(|faults| faults.time_out_calls = true);
    }

    /// The next `count` logons, or all with `None`, get no answer until [`release`](Self::release),
    /// after which they go on. No call timeout is in force before a session is, so they block.
    pub fn silence_logons(&self, count: Option<u64>) {
        self.change(|faults| faults.silent_logons = count.unwrap_or(u64::MAX));
    }

    /// The sessions that are open now never hear from the server again, as where a firewall dropped
    /// them: each call waits for its session's call timeout, or until [`release`](Self::release)
    /// without one, and has no effect meanwhile. A session that timed out so is dead from then on.
    pub fn silence_sessions(&self) {
        let open = self.sessions();
        self.change(|faults| faults.silent.extend(open));
    }

    /// The same for one session.
    pub fn silence_session(&self, id: u64) {
        self.change(|faults| faults.silent.extend([id]));
    }

    /// The same for each call of every session, also of those that will be opened; logons answer.
    pub fn silence_calls(&self) {
        self.change(|faults| faults.silent_calls = Some(SilentCalls::All));
    }

    /// The same for pings alone.
    pub fn silence_pings(&self) {
        self.change(|faults| faults.silent_calls = Some(SilentCalls::Pings));
    }

    /// The calls that were left without an answer so far, in the order in which the clients began to
    /// wait; those that were released or timed out meanwhile are among them.
    pub fn unanswered(&self) -> Vec<Trip> {
        trips::unanswered(&self.folder).expect("the unanswered calls can be read")
    }

    /// Those of [`unanswered`](Self::unanswered) but logons for whose end no call timeout sees: their
    /// clients would wait for ever.
    pub fn unbounded(&self) -> Vec<Trip> {
        trips::unbounded(&self.folder).expect("the unanswered calls can be read")
    }

    /// Ends [`hold`](Self::hold), [`time_out_calls`](Self::time_out_calls) and every silence.
    pub fn release(&self) {
        self.change(Faults::release);
    }

    /// The database tells of itself that its character set is this one, `WE8ISO8859P15` for example, until
    /// [`clear_faults`](Self::clear_faults).
    pub fn set_character_set(&self, name: &str) {
        self.change(|faults| faults.character_set = Some(name.to_owned()));
    }

    /// Every logon succeeds with the warning that the password expires within so many days
    /// (ORA-28002), until [`clear_faults`](Self::clear_faults).
    pub fn expire_password_in(&self, days: u32) {
        self.change(|faults| faults.password_expires_in = Some(days));
    }

    /// The `nth` statement from now on fails, counted over all sessions; 1 is the next one.
    pub fn fail_statement(&self, nth: u64, code: i32) {
        self.change(|faults| faults.fail_statement = Some(Countdown { remaining: nth, code }));
    }

    /// Statements that contain this text fail, until [`clear_faults`](Self::clear_faults). Case and
    /// white space do not matter.
    pub fn fail_statements_like(&self, fragment: &str, code: i32) {
        let like = Like { fragment: fragment.to_owned(), code };
        self.change(|faults| faults.fail_statements_like.push(like));
    }

    /// The next commit fails and its transaction is rolled back, also where it rides along with an
    /// autocommitted statement.
    pub fn fail_commit(&self, code: i32) {
        self.change(|faults| faults.fail_commit = Some(code));
    }

    /// Calls with this action, such as work in the background does, are no round trips to a test, and
    /// what strikes one statement does not strike theirs, also after [`clear_faults`](Self::clear_faults).
    pub fn pass_over(&self, action: Option<&str>) {
        self.change(|faults| faults.passed_over = action.map(str::to_owned));
    }

    /// Nothing goes wrong any more. Sessions that were killed stay dead.
    pub fn clear_faults(&self) {
        self.change(|faults| {
            let Faults { killed, passed_over, .. } = std::mem::take(faults);
            *faults = Faults { killed, passed_over, ..Faults::default() }
        });
    }

    /// The sessions that are open, of all processes.
    pub fn sessions(&self) -> Vec<u64> {
        let killed = Faults::read(&self.folder).killed;
        let open = sessions::list(&self.folder).expect("the sessions can be listed");
        open.into_iter().filter(|id| !killed.contains(id)).collect()
    }

    /// What a session last told the server of itself, also after its end. What was set since its
    /// last round trip is not among it.
    pub fn session_attributes(&self, id: u64) -> Option<Attributes> {
        sessions::attributes(&self.folder, id)
    }

    /// The round trips so far.
    pub fn trips(&self) -> Vec<Trip> {
        trips::read(&self.folder).expect("the round trips can be read")
    }

    /// Forgets the round trips, and the calls without an answer.
    pub fn clear_trips(&self) {
        trips::clear(&self.folder).expect("the round trips can be cleared");
    }

    /// The statements that were executed with an NVARCHAR2 value, as the `oracle` crate binds `&str`
    /// and `String`. Against a VARCHAR2 column Oracle then converts the column, and its index is of
    /// no use: a defect that no answer shows.
    pub fn national_binds(&self) -> Vec<String> {
        trips::national_binds(&self.folder).expect("the statements can be read")
    }

    /// The statements that were executed with room for a text of more than the 4000 bytes of a
    /// VARCHAR2, though the text has no more. To Oracle that is a long value: one that comes before
    /// another column's is ORA-24816.
    pub fn wide_binds(&self) -> Vec<String> {
        trips::wide_binds(&self.folder).expect("the statements can be read")
    }

    fn change(&self, change: impl FnOnce(&mut Faults)) {
        Faults::update(&self.folder, change).expect("the faults can be written");
    }
}

fn library_dir() -> io::Result<PathBuf> {
    const BUILT: &str = "liboracle_client_stand_in.so";
    let executable = std::env::current_exe()?;
    let beside = executable.parent().unwrap_or(Path::new("."));
    // Tests run in target/<profile>/deps, where Cargo puts the library too; programs run above it.
    let candidates = [beside.join(BUILT), beside.join("deps").join(BUILT)];
    let Some(built) = candidates.iter().find(|path| path.exists()) else {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            format!("no {BUILT} beside {}", executable.display()),
        ));
    };
    let built = built.canonicalize()?;
    let folder = built.with_file_name("oracle-client");
    std::fs::create_dir_all(&folder)?;
    let link = folder.join("libclntsh.so");
    if std::fs::read_link(&link).is_ok_and(|target| target == built) {
        return Ok(folder);
    }
    // Several test programs do this at once: each makes a link of its own and moves it into place.
    let draft = folder.join(format!("libclntsh.so.{}", std::process::id()));
    let _ = std::fs::remove_file(&draft);
    std::os::unix::fs::symlink(&built, &draft)?;
    std::fs::rename(&draft, &link)?;
    Ok(folder)
}
