//! A session as its client holds it: the wire, the call timeout and the statement cache.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Once, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::handles::{self, Token};
use crate::error::OracleError;
use crate::faults::Faults;
use crate::server::{Link, Session};
use crate::sessions::Attributes;

/// OCI's own default; ODPI-C sets its size right after the logon.
const DEFAULT_CACHE: u32 = 20;

pub struct Connection {
    pub link: Arc<Link>,
    session: Mutex<Session>,
    /// In milliseconds; 0 for none.
    pub call_timeout: AtomicU32,
    pub cache_size: AtomicU32,
    statements: Mutex<Statements>,
}

/// The statement handles of a session.
#[derive(Default)]
struct Statements {
    /// Those in the hands of the caller.
    used: Vec<Token>,
    /// The cache: those that wait for the next caller, the least recently used first.
    idle: Vec<Idle>,
}

struct Idle {
    text: String,
    tag: String,
    statement: Token,
}

/// Every connection of this process.
static CONNECTIONS: LazyLock<Mutex<Vec<Weak<Connection>>>> = LazyLock::new(Mutex::default);

impl Connection {
    pub fn open(link: Arc<Link>, password: &str, attributes: Attributes) -> Result<Arc<Self>, OracleError> {
        let session = Session::begin(link.clone(), password, attributes)?;
        let connection = Arc::new(Self {
            link,
            session: Mutex::new(session),
            call_timeout: AtomicU32::new(0),
            cache_size: AtomicU32::new(DEFAULT_CACHE),
            statements: Mutex::default(),
        });
        let mut connections = connections();
        connections.retain(|connection| connection.strong_count() > 0);
        connections.push(Arc::downgrade(&connection));
        watch_for_kills();
        Ok(connection)
    }

    /// The session, for one call at a time.
    pub fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn timeout(&self) -> Option<Duration> {
        match self.call_timeout.load(Ordering::Relaxed) {
            0 => None,
            milliseconds => Some(Duration::from_millis(milliseconds.into())),
        }
    }

    /// Takes a statement out of the cache: by its tag if it has one, else by its text.
    pub fn take_idle(&self, text: &str, tag: &str) -> Option<Token> {
        let mut statements = self.statements();
        let found = if tag.is_empty() {
            statements.idle.iter().position(|idle| idle.text == text)
        } else {
            statements.idle.iter().position(|idle| idle.tag == tag)
        };
        let statement = statements.idle.remove(found?).statement;
        statements.used.push(statement);
        Some(statement)
    }

    pub fn add_used(&self, statement: Token) {
        self.statements().used.push(statement);
    }

    /// Gives a statement back to the cache. Returns the handles that nobody needs any more: the
    /// statement itself where it is to be forgotten, or those that had to make room.
    pub fn give_back(&self, statement: Token, text: &str, tag: &str, forget: bool) -> Vec<Token> {
        let mut statements = self.statements();
        statements.used.retain(|used| *used != statement);
        let room = self.cache_size.load(Ordering::Relaxed) as usize;
        // Two of the same text were in use at once: one is enough.
        let twin = statements.idle.iter().any(|idle| idle.text == text && idle.tag == tag);
        if forget || twin || room == 0 {
            return vec![statement];
        }
        statements.idle.push(Idle { text: text.to_owned(), tag: tag.to_owned(), statement });
        let surplus = statements.idle.len().saturating_sub(room);
        statements.idle.drain(..surplus).map(|idle| idle.statement).collect()
    }

    /// The end of the session: its statements are of no use any more.
    pub fn free_statements(&self) {
        let Statements { used, idle } = std::mem::take(&mut *self.statements());
        for statement in used.into_iter().chain(idle.into_iter().map(|idle| idle.statement)) {
            super::statement::free(statement);
        }
    }

    fn statements(&self) -> MutexGuard<'_, Statements> {
        self.statements.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn connections() -> MutexGuard<'static, Vec<Weak<Connection>>> {
    CONNECTIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A server ends a killed session's transaction at once. Here a thread does, for the session may not
/// come back for long, and others wait for its locks.
fn watch_for_kills() {
    const STEP: Duration = Duration::from_millis(20);
    static WATCHER: Once = Once::new();
    WATCHER.call_once(|| {
        let watch = || {
            loop {
                thread::sleep(STEP);
                roll_back_the_killed();
            }
        };
        // Without the thread the session itself ends its transaction, only later.
        let _ = thread::Builder::new().name("killed sessions".to_owned()).spawn(watch);
    });
}

fn roll_back_the_killed() {
    let mut read: HashMap<PathBuf, Faults> = HashMap::new();
    let alive: Vec<_> = connections().iter().filter_map(Weak::upgrade).collect();
    for connection in alive {
        let folder = &connection.link.folder;
        let faults = read.entry(folder.path().to_owned()).or_insert_with(|| Faults::read(folder));
        if !faults.killed.contains(&connection.link.id) {
            continue;
        }
        // One that is in a call finds out by itself.
        if let Ok(mut session) = connection.session.try_lock() {
            session.roll_back();
        }
    }
}

/// Frees handles that hold nothing but themselves.
pub fn free_all(tokens: Vec<Token>) {
    for token in tokens {
        // One that is gone already needs no freeing.
        let _ = handles::free(handles::pointer(token));
    }
}
