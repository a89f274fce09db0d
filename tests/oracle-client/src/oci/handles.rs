//! The handles that callers hold.
//!
//! A handle is a number that looks like a pointer and is never followed: it is looked up here. So a
//! handle used after it was freed, freed twice, or passed where another kind belongs is an error
//! that is reported and no memory that is misread, and freeing an environment frees what is in it.

use std::collections::HashMap;
use std::ffi::c_void;
use std::ptr;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use super::answer::{Failure, Result};
use super::bind::Bind;
use super::define::Define;
use super::describe::Parameter;
use super::environment::Environment;
use super::error::ErrorHandle;
use super::lob::Lob;
use super::pool::Pool;
use super::server::Server;
use super::session::{Service, UserSession};
use super::statement::Statement;
use super::timestamp::DateTime;

#[derive(Clone)]
pub enum Object {
    Environment(Arc<Environment>),
    Error(Arc<ErrorHandle>),
    Server(Arc<Server>),
    Service(Arc<Service>),
    /// A user session, or the credentials for one.
    Session(Arc<UserSession>),
    Pool(Arc<Pool>),
    Statement(Arc<Statement>),
    Bind(Arc<Bind>),
    Define(Arc<Define>),
    Parameter(Arc<Parameter>),
    DateTime(Arc<DateTime>),
    Lob(Arc<Lob>),
    /// One that is given out and taken back, and that no call here looks into.
    Inert,
}

/// A handle's number.
pub type Token = usize;

struct Slot {
    object: Object,
    environment: Token,
}

struct Handles {
    next: Token,
    slots: HashMap<Token, Slot>,
    /// How many descriptors were allocated together, by the first one's number.
    arrays: HashMap<Token, u32>,
}

/// Numbers are apart like the addresses of real handles, and none is anywhere near null.
const FIRST: Token = 0x10_0000;
const STEP: Token = 16;

static HANDLES: LazyLock<Mutex<Handles>> =
    LazyLock::new(|| Mutex::new(Handles { next: FIRST, slots: HashMap::new(), arrays: HashMap::new() }));

fn handles() -> MutexGuard<'static, Handles> {
    HANDLES.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn pointer(token: Token) -> *mut c_void {
    ptr::without_provenance_mut(token)
}

pub fn token(pointer: *const c_void) -> Token {
    pointer.addr()
}

/// A new handle in the environment of `parent`, which may be the environment itself.
pub fn allocate(parent: *const c_void, object: Object) -> Result<Token> {
    allocate_with(parent, |_| object)
}

/// The same, for an object that knows its own number.
pub fn allocate_with(parent: *const c_void, object: impl FnOnce(Token) -> Object) -> Result<Token> {
    let mut handles = handles();
    let parent = token(parent);
    let environment = handles.slots.get(&parent).ok_or(Failure::InvalidHandle)?.environment;
    Ok(handles.insert(environment, object))
}

/// A new environment, the root of everything else.
pub fn allocate_environment(environment: Environment) -> Token {
    let mut handles = handles();
    let token = handles.next;
    handles.insert(token, |_| Object::Environment(Arc::new(environment)))
}

/// Descriptors that will be freed together, by the first one alone.
pub fn allocate_array(
    parent: *const c_void,
    count: u32,
    mut object: impl FnMut() -> Object,
) -> Result<Vec<Token>> {
    let mut handles = handles();
    let parent = token(parent);
    let environment = handles.slots.get(&parent).ok_or(Failure::InvalidHandle)?.environment;
    let tokens: Vec<Token> = (0..count).map(|_| handles.insert(environment, |_| object())).collect();
    if let Some(first) = tokens.first() {
        handles.arrays.insert(*first, count);
    }
    Ok(tokens)
}

impl Handles {
    fn insert(&mut self, environment: Token, object: impl FnOnce(Token) -> Object) -> Token {
        let token = self.next;
        self.next += STEP;
        self.slots.insert(token, Slot { object: object(token), environment });
        token
    }
}

/// Frees a handle; an environment takes with it all that was allocated in it.
pub fn free(handle: *const c_void) -> Result {
    let token = token(handle);
    let mut handles = handles();
    let slot = handles.slots.remove(&token).ok_or(Failure::InvalidHandle)?;
    let mut freed = vec![slot];
    if matches!(freed[0].object, Object::Environment(_)) {
        let children: Vec<Token> = handles
            .slots
            .iter()
            .filter(|(_, slot)| slot.environment == token)
            .map(|(token, _)| *token)
            .collect();
        for child in children {
            handles.arrays.remove(&child);
            freed.extend(handles.slots.remove(&child));
        }
    }
    // An object's end may close a session, which must not happen under this lock.
    drop(handles);
    drop(freed);
    Ok(())
}

/// Frees the descriptors that were allocated together with this first one.
pub fn free_array(first: Token) -> Result {
    let mut handles = handles();
    let count = handles.arrays.remove(&first).ok_or(Failure::InvalidHandle)?;
    let freed: Vec<Slot> =
        (0..count as Token).filter_map(|index| handles.slots.remove(&(first + index * STEP))).collect();
    drop(handles);
    drop(freed);
    Ok(())
}

pub fn get(handle: *const c_void) -> Result<Object> {
    handles().slots.get(&token(handle)).map(|slot| slot.object.clone()).ok_or(Failure::InvalidHandle)
}

/// The environment in which a handle lives.
pub fn environment_of(handle: *const c_void) -> Result<(Token, Arc<Environment>)> {
    let environment = handles().slots.get(&token(handle)).ok_or(Failure::InvalidHandle)?.environment;
    Ok((environment, self::environment(pointer(environment))?))
}

/// The pool of this name.
pub fn pool_named(environment: *const c_void, name: &[u8]) -> Result<Arc<Pool>> {
    let environment = token(environment);
    let handles = handles();
    let pools = handles.slots.values().filter(|slot| slot.environment == environment);
    let found = pools.filter_map(|slot| match &slot.object {
        Object::Pool(pool) if pool.name() == name => Some(pool.clone()),
        _ => None,
    });
    { found }.next().ok_or(Failure::InvalidHandle)
}

macro_rules! lookups {
    ($($name:ident: $variant:ident($object:ty)),* $(,)?) => {$(
        pub fn $name(handle: *const c_void) -> Result<Arc<$object>> {
            match get(handle)? {
                Object::$variant(object) => Ok(object),
                _ => Err(Failure::InvalidHandle),
            }
        }
    )*};
}

lookups! {
    environment: Environment(Environment),
    error: Error(ErrorHandle),
    server: Server(Server),
    service: Service(Service),
    session: Session(UserSession),
    pool: Pool(Pool),
    statement: Statement(Statement),
    bind: Bind(Bind),
    define: Define(Define),
    datetime: DateTime(DateTime),
    lob: Lob(Lob),
}

/// How many handles an environment has: what a leak would raise.
#[cfg(test)]
pub fn count_in(environment: *const c_void) -> usize {
    handles().slots.values().filter(|slot| slot.environment == token(environment)).count()
}
