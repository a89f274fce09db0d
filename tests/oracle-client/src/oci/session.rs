//! Service contexts and user sessions: logon, logoff, transactions, ping.

use std::ffi::{c_int, c_void};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::answer::{Failure, Result, answer};
use super::attributes::Value;
use super::connection::Connection;
use super::context::Context;
use super::handles;
use super::lease::Lease;
use super::raw::Input;
use crate::messages;
use crate::sessions::Attributes;

const ATTR_ENV: u32 = 5;
const ATTR_SERVER: u32 = 6;
const ATTR_SESSION: u32 = 7;
const ATTR_TRANS: u32 = 8;
const ATTR_STMTCACHESIZE: u32 = 176;
const ATTR_MAX_IDENTIFIER_LEN: u32 = 500;
const ATTR_CALL_TIMEOUT: u32 = 531;

const ATTR_USERNAME: u32 = 22;
const ATTR_PASSWORD: u32 = 23;
const ATTR_CURRENT_SCHEMA: u32 = 224;
const ATTR_CLIENT_IDENTIFIER: u32 = 278;
const ATTR_EDITION: u32 = 288;
const ATTR_MODULE: u32 = 366;
const ATTR_ACTION: u32 = 367;
const ATTR_CLIENT_INFO: u32 = 368;
const ATTR_ECONTEXT_ID: u32 = 371;
const ATTR_DRIVER_NAME: u32 = 424;
const ATTR_CONNECTION_CLASS: u32 = 425;
const ATTR_PURITY: u32 = 426;
const ATTR_LTXID: u32 = 462;
const ATTR_MAX_OPEN_CURSORS: u32 = 471;
const ATTR_TRANSACTION_IN_PROGRESS: u32 = 484;
const ATTR_DBOP: u32 = 485;

const MAX_IDENTIFIER: u8 = 128;
const MAX_OPEN_CURSORS: u32 = 300;

/// A service context: which server and which session a call goes to.
#[derive(Default)]
pub struct Service {
    state: Mutex<ServiceState>,
}

#[derive(Default)]
struct ServiceState {
    server: handles::Token,
    session: handles::Token,
    connection: Option<Arc<Connection>>,
    lease: Option<Lease>,
}

impl Service {
    /// A context over handles that are connected already, as OCISessionGet gives them out.
    pub fn leased(lease: Lease) -> Self {
        let state = ServiceState {
            server: lease.member.server,
            session: lease.member.session,
            connection: Some(lease.member.connection.clone()),
            lease: Some(lease),
        };
        Self { state: Mutex::new(state) }
    }

    pub fn take_lease(&self) -> Option<Lease> {
        let mut state = self.state();
        state.connection = None;
        state.lease.take()
    }

    pub fn connection(&self) -> Result<Arc<Connection>> {
        self.state().connection.clone().ok_or_else(|| messages::error(1012).into())
    }

    fn state(&self) -> MutexGuard<'_, ServiceState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, handle: *const c_void, attribute: u32) -> Result<Option<Value>> {
        Ok(Some(match attribute {
            ATTR_ENV => Value::Pointer(handles::pointer(handles::environment_of(handle)?.0)),
            ATTR_SERVER => Value::Pointer(handles::pointer(self.state().server)),
            ATTR_SESSION => Value::Pointer(handles::pointer(self.state().session)),
            ATTR_STMTCACHESIZE => Value::U32(self.connection()?.cache_size.load(Ordering::Relaxed)),
            ATTR_MAX_IDENTIFIER_LEN => Value::U8(MAX_IDENTIFIER),
            ATTR_CALL_TIMEOUT => Value::U32(self.connection()?.call_timeout.load(Ordering::Relaxed)),
            _ => return Ok(None),
        }))
    }

    pub fn set(&self, attribute: u32, value: &Input) -> Result<bool> {
        match attribute {
            ATTR_SERVER => self.state().server = handles::token(value.handle()),
            ATTR_SESSION => self.state().session = handles::token(value.handle()),
            ATTR_STMTCACHESIZE => self.connection()?.cache_size.store(value.u32()?, Ordering::Relaxed),
            ATTR_CALL_TIMEOUT => self.connection()?.call_timeout.store(value.u32()?, Ordering::Relaxed),
            // Distributed transactions: ODPI-C clears the handle after each commit.
            ATTR_TRANS => {}
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// A user session: before the logon the credentials, after it what the session tells of itself.
#[derive(Default)]
pub struct UserSession {
    state: Mutex<SessionState>,
    pub context: Context,
}

#[derive(Default, Clone)]
struct SessionState {
    password: String,
    attributes: Attributes,
    connection: Weak<Connection>,
}

impl UserSession {
    pub fn of(connection: &Arc<Connection>, attributes: Attributes) -> Self {
        let state =
            SessionState { password: String::new(), attributes, connection: Arc::downgrade(connection) };
        Self { state: Mutex::new(state), context: Context::default() }
    }

    /// What the handle was given so far, and the password.
    pub fn credentials(&self) -> (Attributes, String) {
        let state = self.state();
        (state.attributes.clone(), state.password.clone())
    }

    fn state(&self) -> MutexGuard<'_, SessionState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, handle: *const c_void, attribute: u32) -> Result<Option<Value>> {
        let keep = |text: &str| Ok(Some(handles::environment_of(handle)?.1.keep(text)));
        match attribute {
            ATTR_MAX_OPEN_CURSORS => Ok(Some(Value::U32(MAX_OPEN_CURSORS))),
            ATTR_TRANSACTION_IN_PROGRESS => {
                let connection = self.state().connection.upgrade();
                let open = connection.is_some_and(|connection| connection.session().in_transaction());
                Ok(Some(Value::U32(open.into())))
            }
            ATTR_USERNAME | ATTR_CURRENT_SCHEMA => keep(&self.credentials().0.user),
            ATTR_EDITION => keep(&self.credentials().0.edition),
            ATTR_LTXID => keep(""),
            _ => Ok(None),
        }
    }

    pub fn set(&self, attribute: u32, value: &Input) -> Result<bool> {
        let change: fn(&mut Attributes, String) = match attribute {
            ATTR_PASSWORD => {
                self.state().password = value.text()?;
                return Ok(true);
            }
            ATTR_USERNAME => |attributes, text| attributes.user = account(&text),
            ATTR_DRIVER_NAME => |attributes, text| attributes.driver_name = text,
            ATTR_MODULE => |attributes, text| attributes.module = text,
            ATTR_ACTION => |attributes, text| attributes.action = text,
            ATTR_CLIENT_INFO => |attributes, text| attributes.client_info = text,
            ATTR_CLIENT_IDENTIFIER => |attributes, text| attributes.client_identifier = text,
            ATTR_EDITION => |attributes, text| attributes.edition = text,
            ATTR_CURRENT_SCHEMA | ATTR_ECONTEXT_ID | ATTR_CONNECTION_CLASS | ATTR_PURITY | ATTR_DBOP => {
                return Ok(true);
            }
            _ => return Ok(false),
        };
        let text = value.text()?;
        let connection = {
            let mut state = self.state();
            change(&mut state.attributes, text.clone());
            state.connection.upgrade()
        };
        if let Some(connection) = connection {
            connection.session().change_attributes(|attributes| change(attributes, text));
        }
        Ok(true)
    }
}

/// Account names are in upper case unless they are quoted.
fn account(name: &str) -> String {
    match name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted.to_owned(),
        None => name.to_uppercase(),
    }
}

/// The connection that a service context leads to.
pub fn connection_of(service: *const c_void) -> Result<Arc<Connection>> {
    handles::service(service)?.connection()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCISessionBegin(
    service: *mut c_void,
    error: *mut c_void,
    session: *mut c_void,
    _credentials: u32,
    _mode: u32,
) -> c_int {
    answer(error, || {
        let service = handles::service(service)?;
        let session = handles::session(session)?;
        let server = handles::server(handles::pointer(service.state().server))?;
        let link = server.link().ok_or_else(|| messages::error(3114))?;
        let (who, password) = session.credentials();
        let attributes = link.attributes(who);
        let connection = Connection::open(link, &password, attributes)?;
        session.state().connection = Arc::downgrade(&connection);
        let warning = connection.session().take_warning();
        service.state().connection = Some(connection);
        warning.map_or(Ok(()), |warning| Err(Failure::Warning(warning)))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCISessionEnd(
    service: *mut c_void,
    error: *mut c_void,
    _session: *mut c_void,
    _mode: u32,
) -> c_int {
    answer(error, || {
        let service = handles::service(service)?;
        let connection = service.connection()?;
        service.state().connection = None;
        connection.free_statements();
        connection.session().close(connection.timeout())?;
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIPing(service: *mut c_void, error: *mut c_void, _mode: u32) -> c_int {
    call(service, error, |connection| connection.session().ping(connection.timeout()))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCITransCommit(service: *mut c_void, error: *mut c_void, _flags: u32) -> c_int {
    call(service, error, |connection| connection.session().commit(connection.timeout()))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCITransRollback(service: *mut c_void, error: *mut c_void, _flags: u32) -> c_int {
    call(service, error, |connection| connection.session().rollback(connection.timeout()))
}

/// Nothing here waits where a break could reach it: a held call ends with the hold or the timeout.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIBreak(service: *mut c_void, error: *mut c_void) -> c_int {
    answer(error, || handles::service(service).map(drop))
}

fn call(
    service: *mut c_void,
    error: *mut c_void,
    body: impl FnOnce(&Connection) -> std::result::Result<(), crate::error::OracleError>,
) -> c_int {
    answer(error, || body(&*connection_of(service)?).map_err(Failure::Oracle))
}
