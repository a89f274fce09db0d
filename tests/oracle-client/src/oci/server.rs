//! Server handles: attach, detach, and what the server says about itself.

use std::ffi::{c_char, c_int, c_void};
use std::sync::{Arc, Mutex, PoisonError};

use super::answer::{Result, answer};
use super::attributes::Value;
use super::environment::CHARSET;
use super::raw::{self, Input};
use super::{handles, session};
use crate::messages;
use crate::server::Link;

const ATTR_INTERNAL_NAME: u32 = 25;
const ATTR_EXTERNAL_NAME: u32 = 26;
const ATTR_CHARSET_ID: u32 = 31;
const ATTR_SERVER_STATUS: u32 = 143;
const ATTR_DBNAME: u32 = 391;
const ATTR_INSTNAME: u32 = 392;
const ATTR_SERVICENAME: u32 = 393;
const ATTR_DBDOMAIN: u32 = 399;
const ATTR_RECEIVE_TIMEOUT: u32 = 436;
const ATTR_BREAK_ON_NET_TIMEOUT: u32 = 495;

const NOT_CONNECTED: u32 = 0;
const NORMAL: u32 = 1;

/// 21.3.0.0.0, packed as from release 18 on.
const RELEASE: u32 = 21 << 24 | 3 << 16;
const BANNER: &str = "Oracle Database 21c Express Edition Release 21.0.0.0.0 - Production\n\
                      Version 21.3.0.0.0 (a stand-in over SQLite)";

#[derive(Default)]
pub struct Server {
    link: Mutex<Option<Arc<Link>>>,
}

impl Server {
    pub fn attached(link: Arc<Link>) -> Self {
        Self { link: Mutex::new(Some(link)) }
    }

    pub fn link(&self) -> Option<Arc<Link>> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn attach(&self, connect_string: &str) -> Result {
        let link = Link::attach(connect_string)?;
        *self.link.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(link));
        Ok(())
    }

    fn detach(&self) -> Result {
        let link = self.link.lock().unwrap_or_else(PoisonError::into_inner).take();
        link.ok_or_else(|| messages::error(3114))?.disconnect();
        Ok(())
    }

    pub fn get(&self, handle: *const c_void, attribute: u32) -> Result<Option<Value>> {
        let link = self.link();
        let service = || link.as_ref().map_or("", |link| &link.service);
        let keep = |text: &str| Ok(Some(handles::environment_of(handle)?.1.keep(text)));
        match attribute {
            ATTR_CHARSET_ID => Ok(Some(Value::U16(CHARSET))),
            ATTR_SERVER_STATUS => {
                let connected = link.as_ref().is_some_and(|link| link.is_connected());
                Ok(Some(Value::U32(if connected { NORMAL } else { NOT_CONNECTED })))
            }
            ATTR_DBNAME | ATTR_INSTNAME | ATTR_SERVICENAME => keep(service()),
            ATTR_DBDOMAIN | ATTR_INTERNAL_NAME | ATTR_EXTERNAL_NAME => keep(""),
            ATTR_RECEIVE_TIMEOUT => Ok(Some(Value::U32(0))),
            ATTR_BREAK_ON_NET_TIMEOUT => Ok(Some(Value::U8(0))),
            _ => Ok(None),
        }
    }

    pub fn set(&self, attribute: u32, _value: &Input) -> Result<bool> {
        Ok(matches!(
            attribute,
            ATTR_INTERNAL_NAME | ATTR_EXTERNAL_NAME | ATTR_RECEIVE_TIMEOUT | ATTR_BREAK_ON_NET_TIMEOUT
        ))
    }
}

/// # Safety
/// OCI's contract: `connect_string` has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIServerAttach(
    server: *mut c_void,
    error: *mut c_void,
    connect_string: *const u8,
    length: i32,
    _mode: u32,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let connect_string = unsafe { raw::text(connect_string, usize::try_from(length).unwrap_or(0)) }?;
        handles::server(server)?.attach(connect_string)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIServerDetach(server: *mut c_void, error: *mut c_void, _mode: u32) -> c_int {
    answer(error, || handles::server(server)?.detach())
}

/// # Safety
/// OCI's contract: `banner` has room for `size` bytes, `release` takes an integer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIServerRelease2(
    handle: *mut c_void,
    error: *mut c_void,
    banner: *mut c_char,
    size: u32,
    _kind: u8,
    release: *mut u32,
    _mode: u32,
) -> c_int {
    answer(error, || {
        let connection = session::connection_of(handle)?;
        if !banner.is_null() && size > 0 {
            connection.session().tell_version(connection.timeout())?;
            let length = BANNER.len().min(size as usize - 1);
            // SAFETY: the caller's promise; the text is cut to leave room for its final zero.
            unsafe {
                banner.cast::<u8>().copy_from_nonoverlapping(BANNER.as_ptr(), length);
                raw::put(banner.add(length), 0);
            }
        }
        // The number alone the client knows since the logon.
        // SAFETY: the caller's promise.
        unsafe { raw::put(release, RELEASE) };
        Ok(())
    })
}
