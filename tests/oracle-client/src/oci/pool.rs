//! Session pools.

use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::answer::{Failure, Result, answer};
use super::attributes::Value;
use super::handles;
use super::lease::Member;
use super::raw::{self, Input};
use crate::messages;
use crate::sessions::Attributes;

const ATTR_STMTCACHESIZE: u32 = 208;
const ATTR_TIMEOUT: u32 = 308;
const ATTR_GETMODE: u32 = 309;
const ATTR_BUSY_COUNT: u32 = 310;
const ATTR_OPEN_COUNT: u32 = 311;
const ATTR_AUTH: u32 = 460;
const ATTR_MAX_LIFETIME: u32 = 490;
const ATTR_WAIT_TIMEOUT: u32 = 506;
const ATTR_MAX_PER_SHARD: u32 = 602;
const ATTR_PING_INTERVAL: u32 = 655;

const CREATE_REINITIALIZE: u32 = 1;
const DESTROY_FORCE: u32 = 1;

const GETMODE_WAIT: u8 = 0;
const GETMODE_NOWAIT: u8 = 1;
const GETMODE_FORCEGET: u8 = 2;
const GETMODE_TIMEDWAIT: u8 = 3;

pub struct Pool {
    name: String,
    settings: Mutex<Settings>,
    members: Mutex<Members>,
    released: Condvar,
}

#[derive(Default, Clone)]
struct Settings {
    connect_string: String,
    password: String,
    who: Attributes,
    most: usize,
    cache_size: u32,
    get_mode: u8,
    timeout: u32,
    wait_timeout: u32,
    max_lifetime: u32,
    max_per_shard: u32,
}

#[derive(Default)]
struct Members {
    idle: Vec<Member>,
    busy: usize,
}

impl Pool {
    pub fn new() -> Self {
        static CREATED: AtomicU64 = AtomicU64::new(0);
        let name = format!("STANDINPOOL{}", CREATED.fetch_add(1, Ordering::Relaxed));
        Self { name, settings: Mutex::default(), members: Mutex::default(), released: Condvar::new() }
    }

    pub fn name(&self) -> &[u8] {
        self.name.as_bytes()
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn members(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, attribute: u32) -> Option<Value> {
        let settings = self.settings();
        Some(match attribute {
            ATTR_STMTCACHESIZE => Value::U32(settings.cache_size),
            ATTR_TIMEOUT => Value::U32(settings.timeout),
            ATTR_GETMODE => Value::U8(settings.get_mode),
            ATTR_BUSY_COUNT => Value::U32(self.members().busy as u32),
            ATTR_OPEN_COUNT => {
                let members = self.members();
                Value::U32((members.busy + members.idle.len()) as u32)
            }
            ATTR_MAX_LIFETIME => Value::U32(settings.max_lifetime),
            ATTR_WAIT_TIMEOUT => Value::U32(settings.wait_timeout),
            ATTR_MAX_PER_SHARD => Value::U32(settings.max_per_shard),
            _ => return None,
        })
    }

    pub fn set(&self, attribute: u32, value: &Input) -> Result<bool> {
        let mut settings = self.settings();
        match attribute {
            ATTR_STMTCACHESIZE => settings.cache_size = value.u32()?,
            ATTR_TIMEOUT => settings.timeout = value.u32()?,
            ATTR_GETMODE => settings.get_mode = value.u8()?,
            ATTR_AUTH => settings.who = handles::session(value.handle())?.credentials().0,
            ATTR_MAX_LIFETIME => settings.max_lifetime = value.u32()?,
            ATTR_WAIT_TIMEOUT => settings.wait_timeout = value.u32()?,
            ATTR_MAX_PER_SHARD => settings.max_per_shard = value.u32()?,
            ATTR_PING_INTERVAL => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A session that waits, or a new one, or the wait for one that comes back: as the mode says.
    pub fn acquire(
        &self,
        parent: *const c_void,
        credentials: Option<(Attributes, String)>,
    ) -> Result<Member> {
        let settings = self.settings().clone();
        let (who, password) = match credentials {
            Some((who, password)) if !who.user.is_empty() => (who, password),
            _ => (settings.who.clone(), settings.password.clone()),
        };
        let since = Instant::now();
        let mut members = self.members();
        loop {
            let fitting = members.idle.iter().rposition(|member| member.is_of(&who.user));
            if let Some(index) = fitting {
                members.busy += 1;
                return Ok(members.idle.remove(index));
            }
            let open = members.busy + members.idle.len();
            if open < settings.most || settings.get_mode == GETMODE_FORCEGET {
                members.busy += 1;
                drop(members);
                let connected = Member::connect(parent, &settings.connect_string, &password, who);
                if connected.is_err() {
                    self.members().busy -= 1;
                    self.released.notify_one();
                }
                return connected;
            }
            members = match settings.get_mode {
                GETMODE_NOWAIT => return Err(messages::error(24418).into()),
                GETMODE_TIMEDWAIT => {
                    let limit = Duration::from_millis(settings.wait_timeout.into());
                    let left = limit.checked_sub(since.elapsed()).ok_or_else(|| messages::error(24457))?;
                    self.released.wait_timeout(members, left).unwrap_or_else(PoisonError::into_inner).0
                }
                GETMODE_WAIT.. => self.released.wait(members).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    pub fn give_back(&self, member: Member, drop_it: bool) {
        let mut members = self.members();
        members.busy = members.busy.saturating_sub(1);
        if drop_it || !member.connection.link.is_connected() {
            drop(members);
            member.close();
        } else {
            members.idle.push(member);
        }
        self.released.notify_one();
    }
}

/// # Safety
/// OCI's contract: texts have the lengths given; `name` takes an address, `name_length` a length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCISessionPoolCreate(
    environment: *mut c_void,
    error: *mut c_void,
    pool: *mut c_void,
    name: *mut *const c_char,
    name_length: *mut u32,
    connect_string: *const u8,
    connect_string_length: u32,
    least: u32,
    most: u32,
    _increment: u32,
    user: *const u8,
    user_length: u32,
    password: *const u8,
    password_length: u32,
    mode: u32,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let (connect_string, user, password) = unsafe {
            (
                raw::text(connect_string, connect_string_length as usize)?,
                raw::text(user, user_length as usize)?,
                raw::text(password, password_length as usize)?,
            )
        };
        let pool = handles::pool(pool)?;
        pool.settings().most = most as usize;
        if mode & CREATE_REINITIALIZE == 0 {
            {
                let mut settings = pool.settings();
                settings.connect_string = connect_string.to_owned();
                settings.password = password.to_owned();
                settings.who.user = user.to_uppercase();
            }
            let first = (0..least).map(|_| pool.acquire(environment, None)).collect::<Result<Vec<_>>>()?;
            for member in first {
                pool.give_back(member, false);
            }
        }
        if let Value::Text(start, length) = handles::environment(environment)?.keep(&pool.name) {
            // SAFETY: the caller's promise; the name stays as long as the environment.
            unsafe {
                raw::put(name, start);
                raw::put(name_length, length as u32);
            }
        }
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCISessionPoolDestroy(pool: *mut c_void, error: *mut c_void, mode: u32) -> c_int {
    answer(error, || {
        let pool = handles::pool(pool)?;
        let idle = {
            let mut members = pool.members();
            if members.busy > 0 && mode & DESTROY_FORCE == 0 {
                return Err(Failure::Oracle(messages::error(24422)));
            }
            std::mem::take(&mut members.idle)
        };
        for member in idle {
            member.close();
        }
        Ok(())
    })
}
